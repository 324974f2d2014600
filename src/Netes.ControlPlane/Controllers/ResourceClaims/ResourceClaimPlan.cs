using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>What is to become of claims. Pure. Source: pkg/controller/resourceclaim/controller.go.</summary>
internal static class ResourceClaimPlan
{
    /// <summary>Room for a hyphen and five characters in a name of 63.</summary>
    private const int MaxNameBase = 57;

    /// <summary>
    /// Whether there is something to do for a pod that is not being deleted. For one that is done there is nothing:
    /// what it got would be taken away again, for ever.
    /// </summary>
    public static bool NeedsWork(Pod pod, Func<ObjectKey, ResourceClaim?> claims)
    {
        if (pod.Metadata.DeletionTimestamp is not null || PodResourceClaims.IsDone(pod))
        {
            return false;
        }

        foreach (var wanted in pod.Spec.ResourceClaims)
        {
            if (PodResourceClaims.NameOf(pod, wanted, out _) is not { } name)
            {
                return true;
            }

            if (name.Length == 0)
            {
                continue;
            }

            if (claims(new ObjectKey(pod.Metadata.Namespace, name)) is not { } claim)
            {
                if (wanted.ResourceClaimTemplateName is not null)
                {
                    return true;
                }
            }
            else if (wanted.ResourceClaimTemplateName is not null && PodResourceClaims.NotOwned(pod, claim).Length > 0)
            {
                // Not before that other claim is gone.
                return false;
            }
            else if (NeedsReservation(pod, claim))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Of a pod that came to its node without the scheduler's doing, and is not done.
    /// </summary>
    public static bool NeedsReservation(Pod pod, ResourceClaim claim) =>
        pod.Spec.NodeName.Length > 0 && !PodResourceClaims.IsDone(pod) && claim.Status.Allocation is not null
        && !PodResourceClaims.IsReservedFor(claim, pod.Metadata.Uid) && PodResourceClaims.CanBeReserved(claim);

    /// <summary>The claim to make for a pod from a template.</summary>
    public static ResourceClaim FromTemplate(Pod pod, string podClaim, ResourceClaimTemplate template) => new()
    {
        Metadata = new()
        {
            Namespace = pod.Metadata.Namespace,
            GenerateName = NameBase(pod.Metadata.Name, podClaim),
            Labels = template.Spec.Metadata.Labels,
            Annotations = template.Spec.Metadata.Annotations.Set(PodResourceClaims.PodClaimAnnotation, podClaim),
            OwnerReferences = [ObjectReferences.Controller(pod)],
        },
        Spec = template.Spec.Spec,
    };

    /// <summary>Both names are in it: the longer one loses more.</summary>
    public static string NameBase(string pod, string podClaim)
    {
        var name = $"{pod}-{podClaim}-";
        return name.Length <= MaxNameBase
            ? name
            : $"{pod[..(pod.Length * MaxNameBase / name.Length)]}-"
                + podClaim[..(podClaim.Length * MaxNameBase / name.Length)];
    }

    /// <summary>The claim that was made for the pod before, perhaps by a process that died then.</summary>
    public static ResourceClaim? Made(Pod pod, string podClaim, IEnumerable<ResourceClaim> owned) => owned
        .Where(claim => ObjectReferences.ControllerOf(claim.Metadata)?.Uid == pod.Metadata.Uid
            && (claim.Metadata.Annotations.TryGetValue(PodResourceClaims.PodClaimAnnotation, out var name)
                ? name == podClaim
                : claim.Metadata.Name == $"{pod.Metadata.Name}-{podClaim}"))
        .OrderBy(static claim => claim.Metadata.CreationTimestamp?.UnixSeconds)
        .ThenBy(static claim => claim.Metadata.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>
    /// The claim with fewer reservations; the last one gone, it is not allocated any more. Then its finalizer goes.
    /// </summary>
    public static ResourceClaim Release(ResourceClaim claim, ValueList<ResourceClaimConsumerReference> valid)
    {
        var isFree = valid.IsEmpty && claim.Metadata.Finalizers.Contains(PodResourceClaims.Finalizer);
        return claim with
        {
            Status = claim.Status with
            {
                ReservedFor = valid,
                Allocation = isFree ? null : claim.Status.Allocation,
                Devices = isFree ? default : claim.Status.Devices,
            },
        };
    }

    /// <summary>Null: it has no such finalizer.</summary>
    public static ResourceClaim? WithoutFinalizer(ResourceClaim claim) =>
        claim.Metadata.Finalizers.Contains(PodResourceClaims.Finalizer)
            ? claim with
            {
                Metadata = claim.Metadata with
                {
                    Finalizers = claim.Metadata.Finalizers
                        .Where(static name => name != PodResourceClaims.Finalizer).ToValueList(),
                },
            }
            : null;
}
