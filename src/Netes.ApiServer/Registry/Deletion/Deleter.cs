using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Admission;
using Netes.ApiServer.Caching;

namespace Netes.ApiServer.Registry;

/// <summary>
/// Deletes one object, or marks it for deletion. Source: apiserver pkg/registry/generic/registry/store.go, Delete.
/// </summary>
internal sealed class Deleter(ResourceStore store, ObjectAdmission admission, StorageHooks hooks, TimeProvider time)
{
    /// <summary>
    /// What is left: the marked object, or the last state of one that is gone. 404 when there is none.
    /// </summary>
    public async ValueTask<Deletion> DeleteAsync(
        RequestContext context, ServedResource resource, string key, DeleteOptions options, CancellationToken cancel)
    {
        var definition = resource.Definition;
        var dryRun = options.DryRun.Count > 0;
        var attributes = admission.Attributes(context, resource, AdmissionOperation.Delete, dryRun);
        var isGone = false;
        CacheEntry? last = null;
        var entry = await store.UpdateAsync(resource.Cache, key, async current =>
        {
            var value = current.Record(resource.Stored);
            CheckPreconditions(definition, value.Metadata, options.Preconditions);
            await admission.AdmitAsync(
                attributes with { OldObject = value, Name = value.Metadata.Name }, cancel);
            var step = GracefulDeletion.Plan(resource.Stored, value, options, time.GetUtcNow());
            isGone = step.Kind == DeletionKind.Now;
            last = current;
            return isGone && !dryRun ? new Replacement(null) : new Replacement(step.Value, dryRun);
        }, cancel) ?? throw ApiErrors.NotFound(definition.Group, definition.Plural, NameOf(key));
        if (isGone && !dryRun)
        {
            hooks.AfterDelete(resource.Stored, last!.Record(resource.Stored));
        }

        return new(entry, isGone);
    }

    private static string NameOf(string key) => key[(key.LastIndexOf('/') + 1)..];

    // Source: apiserver pkg/registry/rest/delete.go, BeforeDelete.
    private static void CheckPreconditions(ResourceDefinition definition, ObjectMeta metadata, Preconditions? wanted)
    {
        if (wanted?.Uid is { } uid && uid != metadata.Uid)
        {
            throw ApiErrors.Conflict(definition.Group, definition.Plural, metadata.Name,
                $"Precondition failed: UID in precondition: {uid}, UID in object meta: {metadata.Uid}");
        }

        if (wanted?.ResourceVersion is { } version && version != metadata.ResourceVersion)
        {
            throw ApiErrors.Conflict(definition.Group, definition.Plural, metadata.Name,
                $"Precondition failed: ResourceVersion in precondition: {version}, ResourceVersion in object meta: "
                + metadata.ResourceVersion);
        }
    }
}

/// <summary>The object as it was left, and whether it is gone.</summary>
internal readonly record struct Deletion(CacheEntry Entry, bool IsGone);
