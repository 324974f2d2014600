using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Makes room for a pod by deleting pods of lower priority. Source: plugins/defaultpreemption/default_preemption.go.
/// </summary>
internal sealed class DefaultPreemption(PluginContext context) : IPostFilterPlugin
{
    private const int MinCandidates = 100;
    private const int MinCandidatesPercent = 10;
    private const string Helpless = "Preemption is not helpful for scheduling";

    public string Name => "DefaultPreemption";

    public PostFilterResult PostFilter(
        CycleState state, PodInfo pod, Snapshot snapshot, IReadOnlyDictionary<string, PluginStatus> statuses)
    {
        if (pod.Pod.Spec.PreemptionPolicy == PreemptionPolicy.Never)
        {
            return Refused("not eligible due to preemptionPolicy=Never.");
        }

        if (WaitsForVictims(pod, snapshot, statuses))
        {
            return Refused("not eligible due to a terminating pod on the nominated node.");
        }

        var refusals = new List<PluginStatus>();
        var candidates = FindCandidates(state, pod, snapshot, statuses, refusals);
        if (candidates.Count == 0)
        {
            return Refused(FitError.Message(snapshot.Nodes.Count, refusals, Helpless, "", ""));
        }

        var best = VictimSelection.Best(candidates);
        return new PostFilterResult(best.Node.Name, "", cancel => PreemptAsync(pod, best, cancel));
    }

    private static PostFilterResult Refused(string why) => new("", $"preemption: {why}", null);

    /// <summary>Pods were deleted for it already and are not gone yet.</summary>
    private static bool WaitsForVictims(
        PodInfo pod, Snapshot snapshot, IReadOnlyDictionary<string, PluginStatus> statuses)
    {
        var nominated = pod.Pod.Status.NominatedNodeName;
        return nominated.Length > 0
            && snapshot.Get(nominated) is { } node
            && statuses.GetValueOrDefault(nominated)?.Code != PluginCode.UnschedulableAndUnresolvable
            && node.Pods.Any(other =>
                other.Priority < pod.Priority && other.Pod.Metadata.DeletionTimestamp is not null);
    }

    private List<Victims> FindCandidates(
        CycleState state, PodInfo pod, Snapshot snapshot, IReadOnlyDictionary<string, PluginStatus> statuses,
        List<PluginStatus> refusals)
    {
        var enough = Math.Max(MinCandidates, snapshot.Nodes.Count * MinCandidatesPercent / 100);
        var candidates = new List<Victims>();
        foreach (var node in snapshot.Nodes)
        {
            if (statuses.GetValueOrDefault(node.Name) is not { Code: PluginCode.Unschedulable })
            {
                continue;
            }

            var victims = VictimSelection.Select(
                pod, node, changed => context.Framework.RunFilters(state, pod, changed), out var refusal);
            if (victims is not null)
            {
                candidates.Add(victims);
            }
            else if (refusal is not null)
            {
                refusals.Add(refusal);
            }

            if (candidates.Count >= enough)
            {
                break;
            }
        }

        return candidates;
    }

    private async Task PreemptAsync(PodInfo pod, Victims victims, CancellationToken cancel)
    {
        foreach (var victim in victims.Pods)
        {
            if (victim.Pod.Metadata.DeletionTimestamp is null)
            {
                await PreemptAsync(pod, victim.Pod, victims.Node.Name, cancel);
            }
        }
    }

    private async Task PreemptAsync(PodInfo pod, Pod victim, string node, CancellationToken cancel)
    {
        try
        {
            var conditions = PodFacts.WithCondition(victim.Status.Conditions, new PodCondition
            {
                Type = PodConditionType.DisruptionTarget,
                ObservedGeneration = victim.Metadata.Generation,
                Status = ConditionStatus.True,
                Reason = "PreemptionByScheduler",
                Message = $"{pod.Pod.Spec.SchedulerName}: preempting to accommodate a higher priority pod",
                LastTransitionTime = Timestamp.From(context.Time.GetUtcNow()),
            });
            await context.Client.UpdateStatusAsync(
                victim with { Status = victim.Status with { Conditions = conditions } }, cancel);
            await context.Client.DeleteAsync<Pod>(victim.Metadata.Namespace, victim.Metadata.Name, null, cancel);
            context.Events.Normal(victim, "Preempted", $"Preempted by pod {pod.Pod.Metadata.Uid} on node {node}");
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // It went by itself.
        }
    }
}
