using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>What a search for a volume looks at besides the claim.</summary>
internal sealed record VolumeSearch
{
    /// <summary>The scheduler's node, from which the volume must be reachable; null: the controller asks.</summary>
    public Node? Node { get; init; }

    /// <summary>The claim waits for a pod: without a node only a volume that was meant for it will do.</summary>
    public bool WaitsForConsumer { get; init; }

    /// <summary>Volumes that are taken already.</summary>
    public IReadOnlySet<string> Excluded { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}

/// <summary>
/// Finds the volume for a claim: the one that was bound to it beforehand, else the smallest that will do.
/// Source: component-helpers storage/volume/pv_helpers.go (FindMatchingVolume),
/// pkg/controller/volume/persistentvolume/index.go.
/// </summary>
internal static class VolumeMatching
{
    /// <summary>
    /// Among all volumes. Those that offer little beside what is asked for come first: a volume that many may write
    /// is not wasted on a claim for one.
    /// </summary>
    public static PersistentVolume? FindAny(
        PersistentVolumeClaim claim, IEnumerable<PersistentVolume> volumes, VolumeSearch search) =>
        volumes.Where(volume => VolumeFacts.OffersModes(volume, claim))
            .GroupBy(volume => string.Join(',', volume.Spec.AccessModes.Order(StringComparer.Ordinal)))
            .OrderBy(group => group.First().Spec.AccessModes.Count)
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Find(claim, group.OrderBy(VolumeFacts.Capacity)
                .ThenBy(volume => volume.Metadata.Name, StringComparer.Ordinal), search))
            .FirstOrDefault(found => found is not null);

    /// <summary>Among these volumes, whatever access modes those bound beforehand offer.</summary>
    public static PersistentVolume? Find(
        PersistentVolumeClaim claim, IEnumerable<PersistentVolume> volumes, VolumeSearch search)
    {
        PersistentVolume? smallest = null;
        foreach (var volume in volumes)
        {
            if (search.Excluded.Contains(volume.Metadata.Name) || !MayServe(volume, claim))
            {
                continue;
            }

            var reachable = search.Node is null || VolumeFacts.FitsNode(volume, search.Node);
            if (VolumeFacts.IsBoundTo(volume, claim))
            {
                return reachable ? volume : null;
            }

            if (reachable && (search.Node is not null || !search.WaitsForConsumer) && IsFree(volume, claim)
                && (search.Node is null || VolumeFacts.OffersModes(volume, claim))
                && (smallest is null || VolumeFacts.Capacity(volume) < VolumeFacts.Capacity(smallest)))
            {
                smallest = volume;
            }
        }

        return smallest;
    }

    /// <summary>Why a volume that a claim asks for by name cannot serve it; empty when it can.</summary>
    public static string WhyNot(PersistentVolume volume, PersistentVolumeClaim claim)
    {
        if (volume.Metadata.DeletionTimestamp is not null)
        {
            return $"the volume is marked for deletion \"{volume.Metadata.Name}\"";
        }

        if (VolumeFacts.Capacity(volume) < VolumeFacts.Request(claim))
        {
            return "requested PV is too small";
        }

        if (VolumeFacts.ClassOf(volume) != VolumeFacts.ClassOf(claim))
        {
            return "storageClassName does not match";
        }

        if (AttributesOf(volume) != AttributesOf(claim))
        {
            return "VolumeAttributesClassName does not match";
        }

        return VolumeFacts.HasModeMismatch(claim, volume) ? "incompatible volumeMode"
            : VolumeFacts.OffersModes(volume, claim) ? "" : "incompatible accessMode";
    }

    private static bool MayServe(PersistentVolume volume, PersistentVolumeClaim claim) =>
        (volume.Spec.ClaimRef is null || VolumeFacts.IsBoundTo(volume, claim))
        && VolumeFacts.Capacity(volume) >= VolumeFacts.Request(claim)
        && !VolumeFacts.HasModeMismatch(claim, volume)
        && AttributesOf(volume) == AttributesOf(claim)
        && volume.Metadata.DeletionTimestamp is null;

    private static bool IsFree(PersistentVolume volume, PersistentVolumeClaim claim) =>
        volume.Status.Phase == PersistentVolumePhase.Available
        && (claim.Spec.Selector is null || Selectors.Matches(claim.Spec.Selector, volume.Metadata.Labels))
        && VolumeFacts.ClassOf(volume) == VolumeFacts.ClassOf(claim);

    private static string AttributesOf(PersistentVolume volume) => volume.Spec.VolumeAttributesClassName ?? "";

    private static string AttributesOf(PersistentVolumeClaim claim) => claim.Spec.VolumeAttributesClassName ?? "";
}
