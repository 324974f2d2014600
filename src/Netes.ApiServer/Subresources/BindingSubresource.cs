using Netes.ApiServer.Registry;
using Netes.ApiServer.Routing;

namespace Netes.ApiServer.Subresources;

/// <summary>POST to <c>pods/{name}/binding</c>.</summary>
internal sealed class BindingSubresource(SubresourceContext context) : ISubresource
{
    public Task<ApiResult> HandleAsync(RequestContext request, ServedResource resource, CancellationToken cancel) =>
        request.Info.Verb == "create"
            ? context.Bindings.HandleAsync(request, request.Info.Name, cancel)
            : throw RequestRouter.MethodNotAllowed();
}
