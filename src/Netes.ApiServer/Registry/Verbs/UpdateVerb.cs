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
        CheckName(context.Info, value);
        var entry = await updater.UpdateAsync(context, resource, mode, dryRun, _ => value, cancel);
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
        return writer.Answer(await create.CreateAsync(context, resource, fresh, dryRun, cancel), 201);
    }

    private static void CheckName(RequestInfo info, IKubernetesObject value)
    {
        var (name, namespaceName) = (value.Metadata.Name, value.Metadata.Namespace);
        if (name.Length == 0)
        {
            throw ApiErrors.BadRequest(
                $"the name of the object ({info.Name} based on URL) was undeterminable: name must be provided");
        }

        if (name != info.Name)
        {
            throw ApiErrors.BadRequest(
                $"the name of the object ({name}) does not match the name on the URL ({info.Name})");
        }

        if (info.Namespace.Length > 0 && namespaceName.Length > 0 && namespaceName != info.Namespace
            && info.Resource != "namespaces")
        {
            throw ApiErrors.BadRequest(
                $"the namespace of the object ({namespaceName}) does not match the namespace on the URL "
                + $"({info.Namespace})");
        }
    }
}
