using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ControlPlane;

/// <summary>What has become of an owner.</summary>
internal enum OwnerState
{
    /// <summary>It exists.</summary>
    Solid,

    /// <summary>It does not exist, or is another object of the same name.</summary>
    Dangling,

    /// <summary>It is being deleted and waits for its dependents.</summary>
    Waiting,
}

/// <summary>What to do with an object, given its owners.</summary>
internal enum CollectAction
{
    Keep,
    DropReferences,
    DeleteForeground,
    Delete,
}

/// <summary>
/// Decides over an object by the states of its owners. Pure. Source: garbagecollector.go, attemptToDeleteItem.
/// </summary>
internal static class OwnerClassification
{
    /// <param name="owners">The states, in the order of the references.</param>
    /// <param name="hasDependents">The object owns others.</param>
    public static CollectAction Decide(IReadOnlyCollection<OwnerState> owners, bool hasDependents)
    {
        if (owners.Count == 0)
        {
            return CollectAction.Keep;
        }

        if (owners.Contains(OwnerState.Solid))
        {
            return owners.All(state => state == OwnerState.Solid) ? CollectAction.Keep : CollectAction.DropReferences;
        }

        return owners.Contains(OwnerState.Waiting) && hasDependents
            ? CollectAction.DeleteForeground
            : CollectAction.Delete;
    }

    /// <summary>The state of an owner as the API shows it now; null: it is not there.</summary>
    public static OwnerState StateOf(OwnerReference reference, ObjectMeta? owner)
    {
        if (owner is null || owner.Uid != reference.Uid)
        {
            return OwnerState.Dangling;
        }

        return owner.DeletionTimestamp is not null && owner.Finalizers.Contains(OwnerGraph.ForegroundFinalizer)
            ? OwnerState.Waiting
            : OwnerState.Solid;
    }

    /// <summary>How an object without owners goes: as its finalizers say that it was already asked to.</summary>
    public static string Policy(ObjectMeta metadata) =>
        metadata.Finalizers.Contains(OwnerGraph.OrphanFinalizer) ? DeletionPropagation.Orphan
        : metadata.Finalizers.Contains(OwnerGraph.ForegroundFinalizer) ? DeletionPropagation.Foreground
        : DeletionPropagation.Background;
}
