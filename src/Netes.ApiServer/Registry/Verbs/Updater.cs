using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ApiServer.Admission;
using Netes.ApiServer.Caching;
using Netes.ApiServer.FieldManagement;

namespace Netes.ApiServer.Registry;

/// <summary>
/// Replaces an object by what a request makes of its newest version. PUT, PATCH and the subresources are this.
/// Source: apiserver pkg/registry/generic/registry/store.go (Update), pkg/registry/rest/update.go.
/// </summary>
internal sealed class Updater(
    ResourceStore store, ObjectAdmission admission, StorageHooks hooks, TimeProvider time)
{
    public const string Modified =
        "the object has been modified; please apply your changes to the latest version and try again";

    /// <summary>The object as it is afterwards; null when it does not exist.</summary>
    /// <param name="context">The request.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="mode">Which part is updated.</param>
    /// <param name="dryRun">Nothing is stored.</param>
    /// <param name="change">The newest version → what replaces it, served and defaulted. Called once per
    /// attempt.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async ValueTask<CacheEntry?> UpdateAsync(
        RequestContext context, ServedResource resource, UpdateMode mode, bool dryRun,
        Func<CacheEntry, Change> change, CancellationToken cancel)
    {
        var key = resource.Stored.KeyOf(context.Info.Namespace, context.Info.Name);
        var attributes = admission.Attributes(context, resource, AdmissionOperation.Update, dryRun);
        var tracking = new FieldTracking(
            resource, FieldManagers.NameOf(context), context.Info.Subresource, Timestamp.From(time.GetUtcNow()));
        HookedWrite? hooked = null;
        IKubernetesObject? deleted = null;
        try
        {
            var entry = await store.UpdateAsync(resource.Cache, key, async current =>
            {
                var old = current.Record(resource.Stored);
                var (asked, applied) = change(current);
                var wanted = ToStored(resource, asked);
                CheckPreconditions(resource, wanted.Metadata, old.Metadata);
                var next = await admission.MutateAsync(attributes with { Object = wanted, OldObject = old }, cancel);
                var isAdmitted = ReferenceEquals(next, wanted);
                next = Prepare(resource.Stored, mode, next, old);
                var fields = tracking with { Requested = wanted.Metadata.ManagedFields, Applied = applied };
                wanted = isAdmitted ? next : Prepare(resource.Stored, mode, wanted, old);
                hooked?.Finish(false);
                hooked = null;
                hooked = await hooks.BeforeUpdateAsync(resource.Stored, next, old, cancel);
                next = hooked.Value.Value;
                Validate(resource.Stored, mode, next, old);
                Warn(context, resource.Stored, next);
                await admission.ValidateAsync(attributes with { Object = next, OldObject = old }, cancel);
                deleted = IsGone(next, old) ? old : null;
                return new(deleted is not null && !dryRun ? null : next, dryRun, fields with
                {
                    Wanted = ReferenceEquals(wanted, next) ? null : wanted,
                });
            }, cancel);
            hooked?.Finish(entry is not null && !dryRun);
            hooked = null;
            if (deleted is not null && entry is not null && !dryRun)
            {
                hooks.AfterDelete(resource.Stored, deleted);
            }

            return entry;
        }
        finally
        {
            hooked?.Finish(false);
        }
    }

    private static IKubernetesObject ToStored(ServedResource resource, IKubernetesObject value) =>
        resource.Converter is null ? value : resource.Stored.Default(resource.ToStored(value));

    private static void CheckPreconditions(ServedResource resource, ObjectMeta next, ObjectMeta old)
    {
        var definition = resource.Definition;
        if (next.Uid.Length > 0 && next.Uid != old.Uid)
        {
            throw ApiErrors.Conflict(definition.Group, definition.Plural, old.Name,
                $"Precondition failed: UID in precondition: {next.Uid}, UID in object meta: {old.Uid}");
        }

        if (next.ResourceVersion is "" or "0")
        {
            if (!UpdateRules.UpdatesUnconditionally(definition))
            {
                throw ApiErrors.Invalid(definition.Group, definition.Kind, old.Name,
                [
                    new("FieldValueInvalid", "metadata.resourceVersion",
                        "Invalid value: 0x0: must be specified for an update"),
                ]);
            }
        }
        else if (ResourceVersions.Parse(next.ResourceVersion) != ResourceVersions.Parse(old.ResourceVersion))
        {
            throw ApiErrors.Conflict(definition.Group, definition.Plural, old.Name, Modified);
        }
    }

    // What a client may leave out and what it cannot set: the rest is checked to be unchanged.
    private static IKubernetesObject Prepare(
        ResourceStrategy strategy, UpdateMode mode, IKubernetesObject next, IKubernetesObject old)
    {
        var (metadata, was) = (next.Metadata, old.Metadata);
        next = strategy.WithMetadata(next, metadata with
        {
            Uid = metadata.Uid.Length == 0 ? was.Uid : metadata.Uid,
            Namespace = metadata.Namespace.Length == 0 ? was.Namespace : metadata.Namespace,
            GenerateName = metadata.GenerateName,
            CreationTimestamp = metadata.CreationTimestamp ?? was.CreationTimestamp,
            DeletionTimestamp = metadata.DeletionTimestamp ?? was.DeletionTimestamp,
            DeletionGracePeriodSeconds = metadata.DeletionGracePeriodSeconds ?? was.DeletionGracePeriodSeconds,
            Generation = was.Generation,
            ResourceVersion = was.ResourceVersion,
            SelfLink = "",
            ManagedFields = [],
        });
        return mode.Prepare(strategy, next, old);
    }

    private static void Validate(
        ResourceStrategy strategy, UpdateMode mode, IKubernetesObject next, IKubernetesObject old)
    {
        var errors = mode.Check(strategy, next, old);
        if (errors.Count > 0)
        {
            throw ApiErrors.Invalid(strategy.Definition.Group, strategy.Definition.Kind, old.Metadata.Name, errors);
        }
    }

    private static void Warn(RequestContext context, ResourceStrategy strategy, IKubernetesObject next)
    {
        foreach (var warning in strategy.Warnings(next))
        {
            context.Warn(warning);
        }
    }

    // The last finalizer went: the object goes with it. Source: store.go, ShouldDeleteDuringUpdate;
    // pkg/registry/core/namespace/storage/storage.go, ShouldDeleteNamespaceDuringUpdate.
    private static bool IsGone(IKubernetesObject next, IKubernetesObject old) =>
        next.Metadata.Finalizers.IsEmpty
        && next is not Namespace { Spec.Finalizers.IsEmpty: false }
        && old.Metadata.DeletionTimestamp is not null
        && (old.Metadata.DeletionGracePeriodSeconds ?? 0) == 0
        && (!old.Metadata.Finalizers.IsEmpty || old is Namespace);
}

/// <summary>What a request makes of an object.</summary>
/// <param name="Value">What replaces it, served and defaulted.</param>
/// <param name="Applied">The managed fields, where they come from applying.</param>
internal readonly record struct Change(IKubernetesObject Value, ValueList<ManagedFieldsEntry>? Applied = null);
