using Netes.Api;
using Netes.ApiServer.Media;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Registry;

/// <summary>GET of one object. Source: apiserver pkg/endpoints/handlers/get.go.</summary>
internal sealed class GetVerb(Freshness freshness, ObjectWriters writers)
{
    public async Task<ApiResult> HandleAsync(RequestContext context, ServedResource resource, CancellationToken cancel)
    {
        var writer = writers.For(context, resource, FormatsOffered.Objects);
        await freshness.WaitAsync(context.Query["resourceVersion"], cancel);
        var key = resource.Stored.KeyOf(context.Info.Namespace, context.Info.Name);
        var definition = resource.Definition;
        return resource.Cache.State.Tree.Find(key) is { } entry
            ? writer.Answer(entry)
            : throw ApiErrors.NotFound(definition.Group, definition.Plural, context.Info.Name);
    }
}
