using System.Collections.Concurrent;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>A volume that is there, for a claim that waited for the scheduler.</summary>
internal sealed record StaticBinding(PersistentVolume Volume, PersistentVolumeClaim Claim);

/// <summary>What becomes of a pod's claims when it runs on a node.</summary>
internal sealed record PodVolumes
{
    public IReadOnlyList<StaticBinding> Bindings { get; init; } = [];

    /// <summary>Claims whose volumes are to be made.</summary>
    public IReadOnlyList<PersistentVolumeClaim> Provisions { get; init; } = [];

    public bool IsNothing => Bindings.Count == 0 && Provisions.Count == 0;
}

/// <summary>The claims of a pod by what they need. Source: binder.go, PodVolumeClaims.</summary>
internal sealed class PodVolumeState
{
    public List<PersistentVolumeClaim> Bound { get; } = [];

    /// <summary>To be bound where the pod goes.</summary>
    public List<PersistentVolumeClaim> Delayed { get; } = [];

    /// <summary>To be bound by the controller, whatever the pod does.</summary>
    public List<PersistentVolumeClaim> Immediate { get; } = [];

    public ConcurrentDictionary<string, PodVolumes> ByNode { get; } = new(StringComparer.Ordinal);

    /// <summary>Of the node that was reserved; null: nothing is left to bind.</summary>
    public PodVolumes? Reserved { get; set; }
}
