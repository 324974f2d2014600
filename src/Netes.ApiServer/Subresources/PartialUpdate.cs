using Netes.ApiServer.Registry;
using Netes.ApiServer.Routing;

namespace Netes.ApiServer.Subresources;

/// <summary>A subresource that is one part of the object: read as the whole, written as that part.</summary>
internal sealed class PartialUpdate(SubresourceContext context, UpdateMode mode) : ISubresource
{
    public Task<ApiResult> HandleAsync(RequestContext request, ServedResource resource, CancellationToken cancel) =>
        request.Info.Verb switch
        {
            "get" when mode != PartModes.Finalize => context.Get.HandleAsync(request, resource, cancel),
            "update" => context.Update.HandleAsync(request, resource, mode, cancel),
            "patch" when mode != PartModes.Finalize => context.Patch.HandleAsync(request, resource, mode, cancel),
            _ => throw RequestRouter.MethodNotAllowed(),
        };
}
