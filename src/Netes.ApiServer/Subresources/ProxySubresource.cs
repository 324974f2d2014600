using Netes.ApiServer.Admission;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Streaming;

namespace Netes.ApiServer.Subresources;

/// <summary>
/// <c>nodes/proxy</c>, <c>pods/proxy</c>, <c>services/proxy</c>: any request, to what the object serves.
/// Source: pkg/registry/core/{node,pod,service}/rest/proxy.go.
/// </summary>
internal sealed class ProxySubresource(SubresourceContext context, IProxyTargets targets) : Routing.ISubresource
{
    public async Task<ApiResult> HandleAsync(RequestContext request, ServedResource resource, CancellationToken cancel)
    {
        var info = request.Info;
        await context.Admission.AdmitAsync(
            context.Admission.Attributes(request, resource, AdmissionOperation.Connect, false) with
            {
                Kind = $"{resource.Definition.Kind}ProxyOptions",
            },
            cancel);
        // A slash within a segment is still escaped in the path that was decoded.
        var rest = "/" + string.Join('/', info.Parts.Skip(3).Select(static part =>
            Uri.EscapeDataString(part).Replace("%252F", "%2F", StringComparison.OrdinalIgnoreCase)));
        if (info.Path.EndsWith('/') && rest.Length > 1)
        {
            rest += "/";
        }

        var query = request.Query.Text;
        var target = targets.Find(info, query.Length == 0 ? rest : $"{rest}?{query}");
        return await context.Proxy.ForwardAsync(request, target, cancel);
    }
}

/// <summary>What the name in a proxy URL stands for.</summary>
internal interface IProxyTargets
{
    ProxyTarget Find(RequestInfo info, string pathAndQuery);
}
