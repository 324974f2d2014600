using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Api.Policy;

namespace Netes.ControlPlane;

/// <summary>
/// What a disruption budget allows. Pure. Source: pkg/controller/disruption/disruption.go,
/// pkg/apis/policy/helper (conditions).
/// </summary>
internal static class DisruptionPlan
{
    private const string Allowed = "DisruptionAllowed";

    /// <summary>A pod that was to be deleted and lives so long after, is not going to be.</summary>
    private static readonly TimeSpan DeletionTimeout = TimeSpan.FromMinutes(2);

    /// <summary>The share of its controllers' pods matters, so that their sizes have to be known.</summary>
    public static bool NeedsScale(PodDisruptionBudgetSpec spec) =>
        spec.MaxUnavailable is not null || spec.MinAvailable is { IsString: true };

    /// <param name="spec">The budget.</param>
    /// <param name="pods">How many pods it selects.</param>
    /// <param name="scale">How many pods their controllers are to have; asked for only when it is needed.</param>
    public static (int Expected, int Desired) Counts(PodDisruptionBudgetSpec spec, int pods, int scale) =>
        spec.MaxUnavailable is { } unavailable ? (scale, Math.Max(0, scale - Scaled(unavailable, scale)))
        : spec.MinAvailable is { IsString: true } share ? (scale, Scaled(share, scale))
        : spec.MinAvailable is { } available ? (pods, available.Number)
        : (0, 0);

    /// <summary>Of the evicted pods, those that are still to go; others have gone, or will not.</summary>
    public static Disrupted StillToGo(PodDisruptionBudget budget, IEnumerable<Pod> pods, DateTimeOffset now)
    {
        var waiting = ValueMap<Timestamp>.Empty;
        List<Pod> kept = [];
        DateTimeOffset? recheck = null;
        foreach (var pod in pods)
        {
            var name = pod.Metadata.Name;
            if (pod.Metadata.DeletionTimestamp is not null
                || !budget.Status.DisruptedPods.TryGetValue(name, out var evicted))
            {
                continue;
            }

            var due = evicted.ToDateTimeOffset() + DeletionTimeout;
            if (due < now)
            {
                kept.Add(pod);
            }
            else
            {
                waiting = waiting.Set(name, evicted);
                recheck = recheck < due ? recheck : due;
            }
        }

        return new(waiting, kept, recheck);
    }

    public static int Healthy(IEnumerable<Pod> pods, ValueMap<Timestamp> disrupted, DateTimeOffset now) =>
        pods.Count(pod => pod.Metadata.DeletionTimestamp is null && PodFacts.IsReady(pod)
            && !(disrupted.TryGetValue(pod.Metadata.Name, out var evicted)
                && evicted.ToDateTimeOffset() + DeletionTimeout > now));

    public static PodDisruptionBudgetStatus Status(
        PodDisruptionBudget budget, (int Expected, int Desired) counts, int healthy, ValueMap<Timestamp> disrupted,
        DateTimeOffset now)
    {
        // Of nothing nothing may go: the first pods may be there before they are counted.
        var allowed = counts.Expected <= 0 ? 0 : Math.Max(0, healthy - counts.Desired);
        var generation = budget.Metadata.Generation;
        return new()
        {
            ObservedGeneration = generation,
            DisruptedPods = disrupted,
            DisruptionsAllowed = allowed,
            CurrentHealthy = healthy,
            DesiredHealthy = counts.Desired,
            ExpectedPods = counts.Expected,
            Conditions = WithAllowed(
                budget.Status.Conditions, allowed > 0 ? ConditionStatus.True : ConditionStatus.False,
                allowed > 0 ? "SufficientPods" : "InsufficientPods", "", generation, now),
        };
    }

    /// <summary>What is safe when nothing is known: no disruption.</summary>
    public static PodDisruptionBudgetStatus Unknown(PodDisruptionBudget budget, string why, DateTimeOffset now) =>
        budget.Status with
        {
            DisruptionsAllowed = 0,
            Conditions = WithAllowed(budget.Status.Conditions, ConditionStatus.False, "SyncFailed", why,
                budget.Status.ObservedGeneration, now),
        };

    /// <summary>
    /// How long until a condition that announced the pod's end is out of date; null: it has none that will be.
    /// </summary>
    public static TimeSpan? UntilStale(Pod pod, DateTimeOffset now) =>
        pod.Metadata.DeletionTimestamp is null && !PodFacts.IsTerminal(pod)
        && PodFacts.Condition(pod, PodConditionType.DisruptionTarget) is
        {
            Status: ConditionStatus.True, Reason: not "TerminationByKubelet",
        } condition
            ? Longer(TimeSpan.Zero,
                (condition.LastTransitionTime?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch) + DeletionTimeout - now)
            : null;

    /// <summary>A selector as Go prints it.</summary>
    public static string Show(LabelSelector? selector)
    {
        if (selector is null)
        {
            return "nil";
        }

        var labels = string.Concat(selector.MatchLabels.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}: {pair.Value},"));
        var expressions = string.Concat(selector.MatchExpressions.Select(expression =>
            $"{{{expression.Key} {expression.Operator} [{string.Join(' ', expression.Values)}]}},"));
        return $"&LabelSelector{{MatchLabels:map[string]string{{{labels}}},"
            + $"MatchExpressions:[]LabelSelectorRequirement{{{expressions}}},}}";
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static int Scaled(IntOrString amount, int total) => amount.Scaled(total, roundUp: true)
        ?? throw new ScaleException($"invalid value for IntOrString: {amount.Text}");

    private static ValueList<Condition> WithAllowed(
        ValueList<Condition> conditions, string status, string reason, string message, long generation,
        DateTimeOffset now)
    {
        var next = new Condition
        {
            Type = Allowed,
            Status = status,
            Reason = reason,
            Message = message,
            ObservedGeneration = generation,
            LastTransitionTime = Timestamp.From(now),
        };
        for (var i = 0; i < conditions.Count; i++)
        {
            if (conditions[i].Type == Allowed)
            {
                return conditions.SetItem(i, conditions[i].Status == status
                    ? next with { LastTransitionTime = conditions[i].LastTransitionTime }
                    : next);
            }
        }

        return conditions.Add(next);
    }
}

/// <param name="Waiting">Pods that are to go, and since when.</param>
/// <param name="Kept">Pods that were to go and did not.</param>
/// <param name="Recheck">When the next one is given up; null: none waits.</param>
internal sealed record Disrupted(ValueMap<Timestamp> Waiting, IReadOnlyList<Pod> Kept, DateTimeOffset? Recheck);
