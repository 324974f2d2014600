using Netes.Api.Core;

namespace Netes.Simulation.Checks;

/// <summary>
/// A volume has one claim at most and a claim one volume, for good; a pod gets a node only when its claims have
/// volumes that are reached from there; a claim goes after the pods that mount it, a volume after its claim, and no
/// data goes while a pod uses it.
/// </summary>
internal sealed class VolumeCheck
{
    private const string Protection = "kubernetes.io/pvc-protection";
    private const string BindCompleted = "pv.kubernetes.io/bind-completed";

    private readonly Mirror _mirror;
    private readonly Verdict _verdict;

    // By the uids of pods: the volumes that they had when they got their node, and when that was.
    private readonly Dictionary<string, (long Order, List<string> Volumes)> _placed = new(StringComparer.Ordinal);

    // By the uids of claims that are to go: since when.
    private readonly Dictionary<string, long> _dying = new(StringComparer.Ordinal);
    private long _order;

    public VolumeCheck(Mirror mirror, Verdict verdict)
    {
        (_mirror, _verdict) = (mirror, verdict);
        mirror.Pods.Changed += PodChanged;
        mirror.Claims.Changed += ClaimChanged;
        mirror.Volumes.Changed += VolumeChanged;
    }

    private void PodChanged(Pod? old, Pod? next)
    {
        if (old is not null && old.Metadata.Uid != next?.Metadata.Uid)
        {
            _placed.Remove(old.Metadata.Uid);
        }

        if (!PodClaims.IsPlaced(old, next))
        {
            return;
        }

        List<string> volumes = [];
        foreach (var name in PodClaims.Of(next!))
        {
            // What is being deleted no node mounts: nothing is lost when the pod came too late.
            if (_mirror.Claims.Find($"{next!.Metadata.Namespace}/{name}") is { Metadata.DeletionTimestamp: null } claim)
            {
                volumes.Add(claim.Spec.VolumeName);
                CheckPlace(next, claim);
            }
        }

        if (volumes.Count > 0)
        {
            _placed[next!.Metadata.Uid] = (++_order, volumes);
        }
    }

    private void CheckPlace(Pod pod, PersistentVolumeClaim claim)
    {
        var (name, node) = (pod.Metadata.Name, pod.Spec.NodeName);
        if (!claim.Metadata.Annotations.ContainsKey(BindCompleted)
            || _mirror.Volumes.Find(claim.Spec.VolumeName) is not { } volume)
        {
            _verdict.Break(
                Finding.PlacedWithoutVolume,
                $"pod {name} got node {node}, and its claim {claim.Metadata.Name} has no volume");
        }
        else if (volume.Metadata.Labels.Get(LocalPathVolumes.NodeLabel) is { } place && place != node)
        {
            _verdict.Break(
                Finding.PlacedElsewhere,
                $"pod {name} got node {node}, and its volume {volume.Metadata.Name} is on {place}");
        }
    }

    private void ClaimChanged(PersistentVolumeClaim? old, PersistentVolumeClaim? next)
    {
        var name = (next ?? old)!.Metadata.Name;
        if (old is not null && (next?.Metadata.Uid != old.Metadata.Uid
            || (old.Metadata.Finalizers.Contains(Protection) && !next.Metadata.Finalizers.Contains(Protection))))
        {
            CheckUnused(old);
        }

        if (old is not null && next?.Metadata.Uid != old.Metadata.Uid)
        {
            _dying.Remove(old.Metadata.Uid);
            old = null;
        }

        if (next is null)
        {
            return;
        }

        if (next.Metadata.DeletionTimestamp is not null)
        {
            _dying.TryAdd(next.Metadata.Uid, ++_order);
        }

        if (next.Status.Phase == PersistentVolumeClaimPhase.Lost)
        {
            _verdict.Break(Finding.ClaimLost, $"claim {name} lost its volume {next.Spec.VolumeName}");
        }

        var (was, now) = (old?.Spec.VolumeName ?? "", next.Spec.VolumeName);
        if (was.Length > 0 && was != now)
        {
            _verdict.Break(Finding.VolumeChanged, $"claim {name} had volume {was}, and then {now}");
        }

        if (was.Length == 0 && now.Length > 0
            && _mirror.Claims.Items.Where(IsBound).Any(other => other.Spec.VolumeName == now && other != next)
            && IsBound(next))
        {
            _verdict.Break(Finding.VolumeShared, $"volume {now} has two claims, by {name}");
        }
    }

    /// <summary>A claim may name its volume before it has it.</summary>
    private static bool IsBound(PersistentVolumeClaim claim) =>
        claim.Metadata.Annotations.ContainsKey(BindCompleted);

    private void CheckUnused(PersistentVolumeClaim claim)
    {
        var dying = _dying.GetValueOrDefault(claim.Metadata.Uid, long.MaxValue);
        foreach (var pod in _mirror.Pods.Items)
        {
            if (_placed.TryGetValue(pod.Metadata.Uid, out var placed) && placed.Order < dying
                && !PodClaims.IsOver(pod) && PodClaims.Mounts(pod, claim))
            {
                _verdict.Break(
                    Finding.ClaimGoneInUse,
                    $"claim {claim.Metadata.Name} was let go while pod {pod.Metadata.Name} has it");
            }
        }
    }

    private void VolumeChanged(PersistentVolume? old, PersistentVolume? next)
    {
        if (old?.Spec.ClaimRef is not { Uid.Length: > 0 } reference)
        {
            return;
        }

        var name = old.Metadata.Name;
        var claim = _mirror.Claims.Find($"{reference.Namespace}/{reference.Name}");
        var isHeld = claim?.Metadata.Uid == reference.Uid && claim.Spec.VolumeName == name;
        if (next is null)
        {
            CheckData(name);
            if (isHeld)
            {
                _verdict.Break(Finding.VolumeGoneFirst, $"volume {name} went before its claim {reference.Name}");
            }
        }
        else if (isHeld && next.Spec.ClaimRef?.Uid != reference.Uid)
        {
            _verdict.Break(Finding.VolumeTaken, $"volume {name} was taken from its claim {reference.Name}");
        }
    }

    private void CheckData(string volume)
    {
        foreach (var pod in _mirror.Pods.Items)
        {
            if (_placed.TryGetValue(pod.Metadata.Uid, out var placed) && placed.Volumes.Contains(volume)
                && !PodClaims.IsOver(pod))
            {
                _verdict.Break(
                    Finding.DataGoneInUse, $"the data of volume {volume} went while pod {pod.Metadata.Name} uses it");
            }
        }
    }
}
