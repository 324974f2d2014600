using Netes.Api;
using Netes.ApiServer.Media;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Registry;

/// <summary>PUT of an object or of its status. Source: apiserver pkg/endpoints/handlers/update.go.</summary>
internal sealed class UpdateVerb(Updater updater, CreateVerb create, ObjectWriters writers)
{
    public async Task<ApiResult> HandleAsync(
        RequestContext context, ServedResource resource, UpdateMode mode, CancellationToken cancel)
    {
        var dryRun = WriteOptions.Check(context, "UpdateOptions");
        var writer = writers.For(context, resource, FormatsOffered.Objects);
        var value = await ObjectDecoder.ReadAsync(context, resource, cancel);
        ObjectNames.Check(context.Info, value);
        var entry = await updater.UpdateAsync(context, resource, mode, dryRun, _ => new(value), cancel);
        if (entry is not null)
        {
            return writer.Answer(entry);
        }

        var definition = resource.Definition;
        if (mode != UpdateMode.Main || !UpdateRules.CreatesOnUpdate(definition) || value.Metadata.Uid.Length > 0)
        {
            throw ApiErrors.NotFound(definition.Group, definition.Plural, context.Info.Name);
        }

        var fresh = resource.Strategy.WithMetadata(value, value.Metadata with { ResourceVersion = "" });
        return writer.Answer(await create.CreateAsync(context, resource, new(fresh), dryRun, cancel), 201);
    }
}
