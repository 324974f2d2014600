using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ApiServer.Registry;

/// <summary>
/// The garbage collector's finalizers that a deletion puts on or takes off.
/// Source: apiserver pkg/registry/generic/registry/store.go, deletionFinalizersForGarbageCollection.
/// </summary>
internal static class Finalizers
{
    public const string Orphan = "orphan";
    public const string Foreground = "foregroundDeletion";

    public static ValueList<string> After(ResourceDefinition definition, ObjectMeta metadata, DeleteOptions options)
    {
        var orphan = ShouldOrphan(definition, metadata, options);
        var foreground = ShouldDeleteInForeground(metadata, options);
        var kept = metadata.Finalizers.Where(static name => name is not (Orphan or Foreground));
        var wanted = kept
            .Concat(orphan ? [Orphan] : [])
            .Concat(foreground ? [Foreground] : [])
            .ToValueList();
        var same = wanted.Count == metadata.Finalizers.Count && !wanted.Except(metadata.Finalizers).Any();
        return same ? metadata.Finalizers : wanted;
    }

    private static bool ShouldOrphan(ResourceDefinition definition, ObjectMeta metadata, DeleteOptions options)
    {
        if (definition.QualifiedName is "events" or "events.events.k8s.io")
        {
            return false;
        }

        if (options.OrphanDependents is { } orphan)
        {
            return orphan;
        }

        return options.PropagationPolicy switch
        {
            DeletionPropagation.Orphan => true,
            not null => false,

            // A replication controller's pods stay by default, as they always did in v1.
            null => metadata.Finalizers.Contains(Orphan)
                || (definition.QualifiedName == "replicationcontrollers" && metadata.DeletionTimestamp is null),
        };
    }

    private static bool ShouldDeleteInForeground(ObjectMeta metadata, DeleteOptions options) =>
        options.OrphanDependents is not null ? false
        : options.PropagationPolicy is { } policy ? policy == DeletionPropagation.Foreground
        : metadata.Finalizers.Contains(Foreground);
}
