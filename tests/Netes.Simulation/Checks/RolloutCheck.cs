using Netes.Api.Apps;
using Netes.Api.Core;

namespace Netes.Simulation.Checks;

/// <summary>
/// A rolling update never has fewer available pods than <c>replicas - maxUnavailable</c>, once it had so many, and
/// never wants more than <c>replicas + maxSurge</c>. Holds where pods fail only by what the controllers do.
/// </summary>
internal sealed class RolloutCheck
{
    // For so long the controllers may still act on an earlier size.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(2);

    private readonly Mirror _mirror;
    private readonly Verdict _verdict;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, Limits> _limits = new(StringComparer.Ordinal);

    public RolloutCheck(Mirror mirror, Verdict verdict, TimeProvider time)
    {
        (_mirror, _verdict, _time) = (mirror, verdict, time);
        mirror.Deployments.Changed += DeploymentChanged;
        mirror.ReplicaSets.Changed += SetChanged;
        mirror.Pods.Changed += PodChanged;
    }

    private void DeploymentChanged(Deployment? old, Deployment? next)
    {
        if (old is not null && (next is null || next.Metadata.Uid != old.Metadata.Uid))
        {
            _limits.Remove(old.Metadata.Uid);
        }

        if (next is null || next.Spec.Strategy.Type != DeploymentStrategyType.RollingUpdate)
        {
            return;
        }

        if (!_limits.TryGetValue(next.Metadata.Uid, out var limits))
        {
            _limits[next.Metadata.Uid] = limits = new Limits();
        }

        limits.Set(FloorOf(next), CeilingOf(next), _time.GetTimestamp());
        if (Available(next.Metadata.Uid) < limits.Floor(_time, Memory))
        {
            limits.IsReached = false;
        }
    }

    private void SetChanged(ReplicaSet? old, ReplicaSet? next)
    {
        if (next is null || (next.Spec.Replicas ?? 1) <= (old?.Spec.Replicas ?? 0)
            || !_limits.TryGetValue(Mirror.ControllerUid(next.Metadata), out var limits))
        {
            return;
        }

        var owner = Mirror.ControllerUid(next.Metadata);
        var wanted = _mirror.SetsOf(owner).Sum(set => set.Spec.Replicas ?? 1);
        var ceiling = limits.Ceiling(_time, Memory);
        if (wanted > ceiling)
        {
            _verdict.Break($"replica set {next.Metadata.Name} grew to {next.Spec.Replicas}: its deployment wants "
                + $"{wanted} pods, above its ceiling {ceiling}");
        }
    }

    private void PodChanged(Pod? old, Pod? next)
    {
        var pod = next ?? old!;
        var set = _mirror.ReplicaSets.Items.FirstOrDefault(
            candidate => candidate.Metadata.Uid == Mirror.ControllerUid(pod.Metadata));
        if (set is null || !_limits.TryGetValue(Mirror.ControllerUid(set.Metadata), out var limits))
        {
            return;
        }

        var deployment = _mirror.Deployments.Items.FirstOrDefault(
            candidate => candidate.Metadata.Uid == Mirror.ControllerUid(set.Metadata));
        if (deployment is null || deployment.Metadata.DeletionTimestamp is not null)
        {
            return;
        }

        var available = Available(deployment.Metadata.Uid);
        var floor = limits.Floor(_time, Memory);
        if (available >= FloorOf(deployment))
        {
            limits.IsReached = true;
        }
        else if (limits.IsReached && available < floor)
        {
            _verdict.Break($"deployment {deployment.Metadata.Name} has {available} available pods, below its floor "
                + $"{floor}, by pod {pod.Metadata.Name}");
        }
    }

    private int Available(string deploymentUid) =>
        _mirror.SetsOf(deploymentUid).Sum(set => _mirror.PodsOf(set.Metadata.Uid).Count(Mirror.IsReady));

    private static int FloorOf(Deployment deployment)
    {
        var replicas = deployment.Spec.Replicas ?? 1;
        var (surge, unavailable) = Steps(deployment);
        return Math.Max(0, replicas - (surge == 0 && unavailable == 0 ? 1 : unavailable));
    }

    private static int CeilingOf(Deployment deployment) =>
        (deployment.Spec.Replicas ?? 1) + Steps(deployment).Surge;

    private static (int Surge, int Unavailable) Steps(Deployment deployment)
    {
        var replicas = deployment.Spec.Replicas ?? 1;
        var rolling = deployment.Spec.Strategy.RollingUpdate!;
        return (rolling.MaxSurge?.Scaled(replicas, roundUp: true) ?? 0,
            rolling.MaxUnavailable?.Scaled(replicas, roundUp: false) ?? 0);
    }

    /// <summary>The limits that hold now, and those that held until lately.</summary>
    private sealed class Limits
    {
        private readonly List<(long Until, int Floor, int Ceiling)> _earlier = [];
        private int? _floor;
        private int _ceiling;

        /// <summary>The floor was reached, so it must be kept from then on.</summary>
        public bool IsReached { get; set; }

        public void Set(int floor, int ceiling, long now)
        {
            if (_floor is { } known && (known, _ceiling) != (floor, ceiling))
            {
                _earlier.Add((now, known, _ceiling));
            }

            (_floor, _ceiling) = (floor, ceiling);
        }

        public int Floor(TimeProvider time, TimeSpan memory) =>
            Recent(time, memory).Select(limit => limit.Floor).Append(_floor ?? 0).Min();

        public int Ceiling(TimeProvider time, TimeSpan memory) =>
            Recent(time, memory).Select(limit => limit.Ceiling).Append(_ceiling).Max();

        private List<(long Until, int Floor, int Ceiling)> Recent(TimeProvider time, TimeSpan memory)
        {
            _earlier.RemoveAll(limit => time.GetElapsedTime(limit.Until) > memory);
            return _earlier;
        }
    }
}
