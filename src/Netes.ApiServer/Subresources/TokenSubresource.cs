using Netes.Api;
using Netes.Api.Authentication;
using Netes.Api.Core;
using Netes.ApiServer.Admission;
using Netes.ApiServer.Media;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Rendering;
using Netes.ApiServer.Routing;

namespace Netes.ApiServer.Subresources;

/// <summary>
/// POST to <c>serviceaccounts/{name}/token</c>. Source: pkg/registry/core/serviceaccount/storage/token.go.
/// </summary>
internal sealed class TokenSubresource(SubresourceContext context) : ISubresource
{
    public async Task<ApiResult> HandleAsync(RequestContext request, ServedResource resource, CancellationToken cancel)
    {
        var info = request.Info;
        if (info.Verb != "create")
        {
            throw RequestRouter.MethodNotAllowed();
        }

        if (context.Tokens is not { } tokens)
        {
            throw ApiErrors.ServiceUnavailable("this server has no key to sign tokens with");
        }

        var dryRun = WriteOptions.Check(request, "CreateOptions");
        var body = await ValueReader.ReadAsync<TokenRequest>(request, cancel);
        var account = await context.Views.GetLatestAsync<ServiceAccount>(info.Namespace, info.Name, cancel)
            ?? throw ApiErrors.NotFound("", "serviceaccounts", info.Name);
        await context.Admission.AdmitAsync(
            context.Admission.Attributes(request, resource, AdmissionOperation.Create, dryRun) with
            {
                Kind = "TokenRequest",
                Object = body,
                Name = account.Metadata.Name,
            },
            cancel);
        return Values.Answer(request, await tokens.CreateAsync(info.Namespace, info.Name, body, cancel), 201);
    }
}
