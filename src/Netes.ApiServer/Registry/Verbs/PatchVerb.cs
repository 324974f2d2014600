using Netes.Api;
using Netes.ApiServer.Media;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Registry;

/// <summary>
/// PATCH of an object, its status or another part: the newest version is patched, again for each version that came in
/// between. Source: apiserver pkg/endpoints/handlers/patch.go.
/// </summary>
internal sealed class PatchVerb(Updater updater, ObjectWriters writers)
{
    public async Task<ApiResult> HandleAsync(
        RequestContext context, ServedResource resource, UpdateMode mode, CancellationToken cancel)
    {
        var patch = await ObjectPatch.ReadAsync(context, resource, cancel);
        var dryRun = WriteOptions.Check(context, "PatchOptions");
        var writer = writers.For(context, resource, FormatsOffered.Objects);
        var entry = await updater.UpdateAsync(
            context, resource, mode, dryRun, current => new(patch.Apply(current)), cancel);
        var definition = resource.Definition;
        return entry is null
            ? throw ApiErrors.NotFound(definition.Group, definition.Plural, context.Info.Name)
            : writer.Answer(entry);
    }
}
