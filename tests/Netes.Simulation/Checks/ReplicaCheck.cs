using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Simulation.Checks;

/// <summary>
/// A replica set, or a replication controller, never has more active pods than it wanted lately: a controller that
/// counts twice makes them twice.
/// </summary>
internal sealed class ReplicaCheck
{
    // A controller may act on a size that is so old: its events may be late by seconds, several times in a row.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(2);

    private readonly Mirror _mirror;
    private readonly Verdict _verdict;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, List<(long Until, int Replicas)>> _earlier = new(StringComparer.Ordinal);

    public ReplicaCheck(Mirror mirror, Verdict verdict, TimeProvider time)
    {
        (_mirror, _verdict, _time) = (mirror, verdict, time);
        mirror.ReplicaSets.Changed += (old, next) =>
            SizeChanged(old?.Metadata, old?.Spec.Replicas, next?.Metadata, next?.Spec.Replicas);
        mirror.Controllers.Changed += (old, next) =>
            SizeChanged(old?.Metadata, old?.Spec.Replicas, next?.Metadata, next?.Spec.Replicas);
        mirror.Pods.Changed += PodChanged;
    }

    private void SizeChanged(ObjectMeta? old, int? was, ObjectMeta? next, int? wants)
    {
        if (old is not null && next?.Uid != old.Uid)
        {
            _earlier.Remove(old.Uid);
        }
        else if (old is not null && was != wants)
        {
            if (!_earlier.TryGetValue(old.Uid, out var sizes))
            {
                _earlier[old.Uid] = sizes = [];
            }

            var now = _time.GetTimestamp();
            sizes.RemoveAll(size => _time.GetElapsedTime(size.Until, now) > Memory);
            sizes.Add((now, was ?? 1));
        }
    }

    private void PodChanged(Pod? old, Pod? next)
    {
        if (old is not null || next is null || Mirror.ControllerUid(next.Metadata) is not { Length: > 0 } owner)
        {
            return;
        }

        var set = _mirror.ReplicaSets.Items.FirstOrDefault(candidate => candidate.Metadata.Uid == owner);
        var controller = _mirror.Controllers.Items.FirstOrDefault(candidate => candidate.Metadata.Uid == owner);
        if (set is null && controller is null)
        {
            return;
        }

        var wanted = (set is null ? controller!.Spec.Replicas : set.Spec.Replicas) ?? 1;
        foreach (var (until, replicas) in _earlier.GetValueOrDefault(owner) ?? [])
        {
            if (_time.GetElapsedTime(until) <= Memory)
            {
                wanted = Math.Max(wanted, replicas);
            }
        }

        var active = _mirror.PodsOf(owner).Count(Mirror.IsActive);
        if (active > wanted)
        {
            _verdict.Break(
                Finding.TooManyPods,
                $"{(set ?? (IKubernetesObject)controller!).Metadata.Name} has {active} active pods and wanted {wanted} at most");
        }
    }
}
