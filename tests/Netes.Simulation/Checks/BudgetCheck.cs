using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Policy;

namespace Netes.Simulation.Checks;

/// <summary>
/// A disruption budget never allows more than what is healthy beyond what must be, and a ready pod is evicted only
/// when its budget gave one of its places for it.
/// </summary>
internal sealed class BudgetCheck
{
    // A budget that is new may not be known yet to whoever decides.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);

    private readonly Mirror _mirror;
    private readonly Verdict _verdict;
    private readonly TimeProvider _time;

    public BudgetCheck(Mirror mirror, Verdict verdict, TimeProvider time)
    {
        (_mirror, _verdict, _time) = (mirror, verdict, time);
        mirror.Budgets.Changed += BudgetChanged;
        mirror.Pods.Changed += PodChanged;
    }

    private void BudgetChanged(PodDisruptionBudget? old, PodDisruptionBudget? next)
    {
        if (next is null)
        {
            return;
        }

        var (status, name) = (next.Status, next.Metadata.Name);
        if (status.DisruptionsAllowed > Math.Max(0, status.CurrentHealthy - status.DesiredHealthy))
        {
            _verdict.Break(
                Finding.BudgetTooGenerous, $"budget {name} allows {status.DisruptionsAllowed} disruptions with "
                + $"{status.CurrentHealthy} healthy pods of {status.DesiredHealthy}");
        }

        var before = old?.Metadata.Uid == next.Metadata.Uid ? old!.Status : PodDisruptionBudgetStatus.Empty;
        var taken = status.DisruptedPods.Count(pair => !before.DisruptedPods.ContainsKey(pair.Key));
        if (taken > 0 && before.DisruptionsAllowed - status.DisruptionsAllowed != taken)
        {
            _verdict.Break(
                Finding.PlacesMiscounted, $"budget {name} gave {taken} places and has {status.DisruptionsAllowed} of "
                + $"{before.DisruptionsAllowed} left");
        }
    }

    private void PodChanged(Pod? old, Pod? next)
    {
        if (old is null || next is null || !IsEvicted(next) || IsEvicted(old) || !Mirror.IsReady(old))
        {
            return;
        }

        foreach (var budget in _mirror.Budgets.Items.Where(budget => Guards(budget, next)))
        {
            if (!budget.Status.DisruptedPods.ContainsKey(next.Metadata.Name))
            {
                _verdict.Break(
                    Finding.EvictedWithoutPlace,
                    $"pod {next.Metadata.Name} is evicted, and budget {budget.Metadata.Name} gave no place");
            }
        }
    }

    private bool Guards(PodDisruptionBudget budget, Pod pod) =>
        budget.Metadata.Namespace == pod.Metadata.Namespace
        && budget.Metadata.CreationTimestamp is { } created && _time.GetUtcNow() - created.ToDateTimeOffset() > Settled
        && budget.Spec.Selector is { } selector
        && selector.MatchLabels.All(pair => pod.Metadata.Labels.Get(pair.Key, "") == pair.Value);

    private static bool IsEvicted(Pod pod) => pod.Status.Conditions.Any(condition => condition is
    {
        Type: PodConditionType.DisruptionTarget, Status: "True", Reason: "EvictionByEvictionAPI",
    });
}
