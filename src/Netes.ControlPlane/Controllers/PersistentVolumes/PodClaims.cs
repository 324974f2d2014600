using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// The claims that pods use by name, or own as ephemeral volumes. Source: component-helpers
/// storage/ephemeral/ephemeral.go.
/// </summary>
internal static class PodClaims
{
    /// <summary>The claim of a volume; null when it has none.</summary>
    public static string? NameOf(Pod pod, Volume volume) => volume.VolumeSource switch
    {
        { PersistentVolumeClaim: { } source } => source.ClaimName,
        { Ephemeral: not null } => $"{pod.Metadata.Name}-{volume.Name}",
        _ => null,
    };

    /// <summary>The keys of all claims of a pod.</summary>
    public static IEnumerable<ObjectKey> Of(Pod pod) => pod.Spec.Volumes.Select(volume => NameOf(pod, volume))
        .OfType<string>().Select(name => new ObjectKey(pod.Metadata.Namespace, name));

    /// <summary>For indexes: the claims of a pod as text.</summary>
    public static IEnumerable<string> Values(Pod pod) =>
        Of(pod).Select(key => key.ToString()).Distinct(StringComparer.Ordinal);

    /// <summary>
    /// It has ended, or is being deleted and none of its containers runs: it holds no volume any more.
    /// Source: pkg/volume/util/util.go, IsPodTerminated.
    /// </summary>
    public static bool IsTerminated(Pod pod) => PodFacts.IsTerminal(pod)
        || (pod.Metadata.DeletionTimestamp is not null && pod.Status.ContainerStatuses.All(
            static status => status.State is { Terminated: not null } or { Waiting: not null }));

    /// <summary>Why a claim is not the pod's own; empty when it is.</summary>
    public static string NotOwned(Pod pod, PersistentVolumeClaim claim) =>
        claim.Metadata.Namespace == pod.Metadata.Namespace
        && ObjectReferences.ControllerOf(claim.Metadata)?.Uid == pod.Metadata.Uid
            ? ""
            : $"PVC {ObjectKey.Of(claim)} was not created for pod {ObjectKey.Of(pod)} (pod is not owner)";
}
