using System.Globalization;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Simulation.Checks;

/// <summary>
/// The claims of a stateful set go only where its retention policy says so: with the set, or with a pod that it was
/// made smaller by. People delete none of them.
/// </summary>
internal sealed class RetentionCheck
{
    // A controller may act on a size that is so old.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(2);

    private readonly Mirror _mirror;
    private readonly Verdict _verdict;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, StatefulSet> _sets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Pod> _pods = new(StringComparer.Ordinal);

    // By uids: pods that were deleted when the set wanted fewer.
    private readonly HashSet<string> _scaledAway = new(StringComparer.Ordinal);
    private readonly List<(long At, string Set, int Replicas)> _sizes = [];

    public RetentionCheck(Mirror mirror, Verdict verdict, TimeProvider time)
    {
        (_mirror, _verdict, _time) = (mirror, verdict, time);
        mirror.StatefulSets.Changed += SetChanged;
        mirror.Pods.Changed += PodChanged;
        mirror.Claims.Changed += ClaimChanged;
    }

    private void SetChanged(StatefulSet? old, StatefulSet? next)
    {
        if (old is not null && old.Metadata.Uid == next?.Metadata.Uid && old.Spec.Replicas != next.Spec.Replicas)
        {
            var now = _time.GetTimestamp();
            _sizes.RemoveAll(size => _time.GetElapsedTime(size.At, now) > Memory);
            _sizes.Add((now, old.Metadata.Uid, old.Spec.Replicas ?? 1));
        }

        if (next is not null)
        {
            _sets[next.Metadata.Uid] = next;
        }
    }

    private void PodChanged(Pod? old, Pod? next)
    {
        // Remembered for longer than they are: what they own goes after them.
        if (old is null && next is not null && OwnerOf(next.Metadata, "StatefulSet") is not null)
        {
            _pods[next.Metadata.Uid] = next;
        }

        if (next?.Metadata.DeletionTimestamp is not null && old?.Metadata.DeletionTimestamp is null
            && MayGoWithPod(next.Metadata.Uid))
        {
            _scaledAway.Add(next.Metadata.Uid);
        }
    }

    private void ClaimChanged(PersistentVolumeClaim? old, PersistentVolumeClaim? next)
    {
        if (old is null || old.Metadata.DeletionTimestamp is not null
            || next is { Metadata.DeletionTimestamp: null }
            || !old.Metadata.Name.StartsWith("data-", StringComparison.Ordinal))
        {
            return;
        }

        var name = old.Metadata.Name;
        var ofSet = OwnerOf(old.Metadata, "StatefulSet") is { } set && MayGoWith(set.Uid);
        var ofPod = OwnerOf(old.Metadata, "Pod") is { } pod && MayGoWithPod(pod.Uid);
        if (!ofSet && !ofPod)
        {
            _verdict.Break(
                Finding.AgainstRetention, $"claim {name} was deleted against its retention policy; its owners are "
                + string.Join(", ", old.Metadata.OwnerReferences.Select(owner => $"{owner.Kind} {owner.Name}")));
        }
    }

    private bool MayGoWith(string uid) =>
        _sets.GetValueOrDefault(uid)?.Spec.PersistentVolumeClaimRetentionPolicy?.WhenDeleted == "Delete"
        && !_mirror.StatefulSets.Items.Any(set =>
            set.Metadata.Uid == uid && set.Metadata.DeletionTimestamp is null);

    private bool MayGoWithPod(string uid)
    {
        if (_pods.GetValueOrDefault(uid) is not { } pod || OwnerOf(pod.Metadata, "StatefulSet") is not { } owner
            || _sets.GetValueOrDefault(owner.Uid) is not { } set)
        {
            return false;
        }

        // An ordered set that wants it again waits for its end before it looks at claims, as Kubernetes does.
        if (_scaledAway.Contains(uid) && set.Spec.PodManagementPolicy != PodManagementPolicyType.Parallel)
        {
            return true;
        }

        var ordinal = int.Parse(
            pod.Metadata.Name[(pod.Metadata.Name.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture);
        var smallest = _sizes.Where(size => size.Set == owner.Uid && _time.GetElapsedTime(size.At) <= Memory)
            .Select(size => size.Replicas).Append(set.Spec.Replicas ?? 1).Min();
        return set.Spec.PersistentVolumeClaimRetentionPolicy?.WhenScaled == "Delete" && ordinal >= smallest;
    }

    private static OwnerReference? OwnerOf(ObjectMeta metadata, string kind) =>
        metadata.OwnerReferences.FirstOrDefault(owner => owner.Kind == kind);
}
