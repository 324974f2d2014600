using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Media;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Registry;

/// <summary>DELETE of one object. Source: apiserver pkg/endpoints/handlers/delete.go.</summary>
internal sealed class DeleteVerb(Deleter deleter, ObjectWriters writers)
{
    // Source: ReturnDeletedObject in pkg/registry/*/storage.go.
    private static readonly HashSet<string> ReturnsObject = new(StringComparer.Ordinal)
    {
        "pods", "services", "persistentvolumes", "persistentvolumeclaims", "podtemplates", "resourcequotas",
        "serviceaccounts",
    };

    public async Task<ApiResult> HandleAsync(RequestContext context, ServedResource resource, CancellationToken cancel)
    {
        var writer = writers.For(context, resource, FormatsOffered.Objects);
        var options = await DeleteOptionsReader.ReadAsync(context, cancel);
        var key = resource.Stored.KeyOf(context.Info.Namespace, context.Info.Name);
        var deletion = await deleter.DeleteAsync(context, resource, key, options, cancel);
        var definition = resource.Definition;
        if (!deletion.IsGone || ReturnsObject.Contains(definition.QualifiedName))
        {
            return writer.Answer(deletion.Entry, !deletion.IsGone && options.OrphanDependents is false ? 202 : 200);
        }

        return Values.Answer(context, new Status
        {
            StatusValue = "Success",
            Details = new()
            {
                Name = context.Info.Name,
                Group = definition.Group,
                Kind = definition.Plural,
                Uid = deletion.Entry.Record(resource.Stored).Metadata.Uid,
            },
        });
    }
}
