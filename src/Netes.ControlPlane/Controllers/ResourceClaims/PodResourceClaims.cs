using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Which claims of devices a pod has. Source: dynamic-resource-allocation/resourceclaim/claim.go.
/// </summary>
internal static class PodResourceClaims
{
    /// <summary>Keeps a claim while it is allocated.</summary>
    public const string Finalizer = "resource.kubernetes.io/delete-protection";

    /// <summary>On a claim that was made for a pod: for which of the pod's claims.</summary>
    public const string PodClaimAnnotation = "resource.kubernetes.io/pod-claim-name";

    /// <summary>On a claim that the scheduler made for extended resources.</summary>
    public const string ExtendedResourceAnnotation = "resource.kubernetes.io/extended-resource-claim";

    /// <summary>
    /// The name of the claim. Empty: none is needed. Null: there is none yet, and <paramref name="error"/> says so.
    /// </summary>
    public static string? NameOf(Pod pod, PodResourceClaim claim, out string error)
    {
        error = "";
        if (claim.ResourceClaimName is { } name)
        {
            return name;
        }

        if (claim.ResourceClaimTemplateName is null)
        {
            error = $"pod \"{ObjectKey.Of(pod)}\", spec.resourceClaim \"{claim.Name}\": none of the supported fields "
                + "are set";
            return null;
        }

        foreach (var status in pod.Status.ResourceClaimStatuses)
        {
            if (status.Name == claim.Name)
            {
                return status.ResourceClaimName ?? "";
            }
        }

        error = $"pod \"{ObjectKey.Of(pod)}\": ResourceClaim not created yet";
        return null;
    }

    /// <summary>The claims that the pod is known to use, those of extended resources too.</summary>
    public static IEnumerable<ObjectKey> Of(Pod pod)
    {
        foreach (var claim in (IEnumerable<PodResourceClaim>)pod.Spec.ResourceClaims)
        {
            if (NameOf(pod, claim, out _) is { Length: > 0 } name)
            {
                yield return new ObjectKey(pod.Metadata.Namespace, name);
            }
        }

        if (pod.Status.ExtendedResourceClaimStatus is { ResourceClaimName.Length: > 0 } extended)
        {
            yield return new ObjectKey(pod.Metadata.Namespace, extended.ResourceClaimName);
        }
    }

    public static IEnumerable<string> Values(Pod pod) => HasAny(pod) ? Of(pod).Select(key => key.ToString()) : [];

    public static bool HasAny(Pod pod) =>
        !pod.Spec.ResourceClaims.IsEmpty || pod.Status.ExtendedResourceClaimStatus is not null;

    /// <summary>Made by the scheduler, for what a pod asks for by the names of resources.</summary>
    public static bool IsForExtendedResources(ResourceClaim claim) =>
        claim.Metadata.Annotations.Get(ExtendedResourceAnnotation) == "true";

    /// <summary>Why a claim that was to be made for the pod is not the pod's; empty: it is.</summary>
    public static string NotOwned(Pod pod, ResourceClaim claim) =>
        ObjectReferences.ControllerOf(claim.Metadata)?.Uid == pod.Metadata.Uid
            ? ""
            : $"ResourceClaim {ObjectKey.Of(claim)} was not created for Pod {ObjectKey.Of(pod)} (Pod is not owner)";

    public static bool IsReservedFor(ResourceClaim claim, string podUid)
    {
        foreach (var consumer in claim.Status.ReservedFor)
        {
            if (consumer.Uid == podUid)
            {
                return true;
            }
        }

        return false;
    }

    public static bool CanBeReserved(ResourceClaim claim) =>
        claim.Status.ReservedFor.Count < DeviceLimits.ReservedFor;

    public static ResourceClaimConsumerReference Consumer(Pod pod) =>
        new() { Resource = "pods", Name = pod.Metadata.Name, Uid = pod.Metadata.Uid };

    /// <summary>Nothing of it runs, or will.</summary>
    public static bool IsDone(Pod pod) => PodFacts.IsTerminal(pod)
        || (pod.Metadata.DeletionTimestamp is not null && pod.Spec.NodeName.Length == 0);
}
