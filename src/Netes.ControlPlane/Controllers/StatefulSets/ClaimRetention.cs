using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Who owns a claim, so that the garbage collector deletes it when its set's retention policy says so: the set
/// (whenDeleted), or a pod that is scaled away (whenScaled). Pure.
/// Source: pkg/controller/statefulset/stateful_set_utils.go, KEP-1847.
/// </summary>
internal static class ClaimRetention
{
    /// <summary>The claim has the owners that the policy asks for.</summary>
    public static bool IsUpToDate(PersistentVolumeClaim claim, StatefulSet set, Pod pod) =>
        claim.Metadata.OwnerReferences == Owners(claim, set, pod);

    public static PersistentVolumeClaim Apply(PersistentVolumeClaim claim, StatefulSet set, Pod pod) =>
        claim with { Metadata = claim.Metadata with { OwnerReferences = Owners(claim, set, pod) } };

    /// <summary>Another one manages the claim: the policy is not applied to it.</summary>
    public static bool HasOtherController(PersistentVolumeClaim claim, StatefulSet set, Pod pod) =>
        (DeletesWithSet(set) || DeletesWithPod(set)) && claim.Metadata.OwnerReferences.Any(owner =>
            Names<StatefulSet>(owner, set) ? owner.Uid != set.Metadata.Uid
            : Names<Pod>(owner, pod) ? owner.Uid != pod.Metadata.Uid
            : owner.Controller == true);

    /// <summary>
    /// The claim is about to go with a former pod of the name: a new one must not take it.
    /// </summary>
    public static bool IsStale(PersistentVolumeClaim claim, StatefulSet set, Pod pod) =>
        DeletesWithPod(set) && claim.Metadata.OwnerReferences.Any(owner =>
            Names<Pod>(owner, pod) && owner.Uid != pod.Metadata.Uid);

    /// <summary>A claim goes with a pod that is scaled away.</summary>
    public static bool DeletesWithPod(StatefulSet set) =>
        set.Spec.PersistentVolumeClaimRetentionPolicy?.WhenScaled == PersistentVolumeClaimRetentionPolicyType.Delete;

    private static ValueList<OwnerReference> Owners(PersistentVolumeClaim claim, StatefulSet set, Pod pod)
    {
        var isGoing = !StatefulIdentity.IsWanted(set, pod);
        var other = HasOtherController(claim, set, pod);
        OwnerReference? wanted = other ? null
            : DeletesWithPod(set) && isGoing ? ObjectReferences.Controller(pod)
            : DeletesWithSet(set) && !(DeletesWithPod(set) && isGoing) ? ObjectReferences.Controller(set)
            : null;
        var current = claim.Metadata.OwnerReferences;

        // One that stands already keeps its place: the list must not change for its order.
        if (wanted is not null && current.Contains(wanted)
            && current.All(owner => owner == wanted || !IsOurs(owner, set, pod)))
        {
            return current;
        }

        var kept = current.Where(owner => !IsOurs(owner, set, pod)).ToValueList();
        return wanted is null ? kept : kept.Add(wanted);
    }

    private static bool IsOurs(OwnerReference owner, StatefulSet set, Pod pod) =>
        Names<StatefulSet>(owner, set) || Names<Pod>(owner, pod);

    private static bool Names<T>(OwnerReference owner, T value)
        where T : class, IResource<T> =>
        owner.Kind == T.Kind && owner.ApiVersion == T.ApiVersion && owner.Name == value.Metadata.Name;

    private static bool DeletesWithSet(StatefulSet set) =>
        set.Spec.PersistentVolumeClaimRetentionPolicy?.WhenDeleted == PersistentVolumeClaimRetentionPolicyType.Delete;
}
