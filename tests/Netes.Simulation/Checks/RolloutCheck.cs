using Netes.Api.Apps;
using Netes.Api.Core;
using ConditionStatus = Netes.Api.Core.ConditionStatus;

namespace Netes.Simulation.Checks;

/// <summary>
/// A rolling update never has fewer available pods than <c>replicas - maxUnavailable</c>, once it had so many, and
/// never wants more than <c>replicas + maxSurge</c>. Holds where pods fail only by what the controllers do.
/// </summary>
internal sealed class RolloutCheck
{
    private readonly Mirror _mirror;
    private readonly Verdict _verdict;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, RolloutLimits> _limits = new(StringComparer.Ordinal);

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
            _limits[next.Metadata.Uid] = limits = new RolloutLimits();
        }

        limits.Set(FloorOf(next), CeilingOf(next), _time.GetTimestamp());
        if (next.Spec.Replicas < old?.Spec.Replicas
            && _mirror.SetsOf(next.Metadata.Uid).Count(static set => set.Spec.Replicas > 0) > 1)
        {
            limits.Shrank(_time.GetTimestamp());
        }

        limits.Count(Available(next.Metadata.Uid), 0, FloorOf(next), _time);
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
        var ceiling = limits.Ceiling(_time);
        if (wanted > ceiling)
        {
            _verdict.Break(
                Finding.AboveCeiling,
                $"replica set {next.Metadata.Name} grew to {next.Spec.Replicas}: its deployment wants "
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

        if (next is not null && !Mirror.IsReady(next) && IsSilent(next.Spec.NodeName))
        {
            limits.Excuse();
            return;
        }

        limits.Count(Available(deployment.Metadata.Uid), Gain(old, next), FloorOf(deployment), _time);
        if (limits.Lost is { } floor)
        {
            _verdict.Break(
                Finding.BelowFloor,
                $"deployment {deployment.Metadata.Name} has {Available(deployment.Metadata.Uid)} available "
                + $"pods, below its floor {floor}, by pod {pod.Metadata.Name}; it wants "
                + $"{deployment.Spec.Replicas}: {Sets(deployment.Metadata.Uid)}");
        }
    }

    private static int Gain(Pod? old, Pod? next) =>
        (next is not null && Mirror.IsReady(next) ? 1 : 0) - (old is not null && Mirror.IsReady(old) ? 1 : 0);

    private int Available(string deploymentUid) =>
        _mirror.SetsOf(deploymentUid).Sum(set => _mirror.PodsOf(set.Metadata.Uid).Count(Mirror.IsReady));

    // A server that crashes time and again for most of a minute hears of no node.
    private bool IsSilent(string node) => _mirror.Nodes.Find(node) is { } known && known.Status.Conditions.Any(
        static condition => condition is { Type: NodeConditionType.Ready, Status: not ConditionStatus.True });

    private string Sets(string deploymentUid) => string.Join(", ", _mirror.SetsOf(deploymentUid).Select(
        set => $"{set.Metadata.Name} wants {set.Spec.Replicas} and has {_mirror.PodsOf(set.Metadata.Uid).Count()}"));

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
}
