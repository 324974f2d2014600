using System.Globalization;
using Netes.Api;
using Netes.Api.Meta;
using Netes.Api.Policy;

namespace Netes.ApiServer.Subresources;

/// <summary>
/// Takes one disruption from a budget. Pure. Source: pkg/registry/core/pod/storage/eviction.go, checkAndDecrement.
/// </summary>
internal static class EvictionBudget
{
    private const string Violates = "Cannot evict pod as it would violate the pod's disruption budget.";
    private const string DisruptionAllowed = "DisruptionAllowed";
    private const string SyncFailed = "SyncFailed";
    private const int MaxDisruptedPods = 2000;

    /// <summary>
    /// The budget with one disruption less; 429 when there is none left, 403 when it cannot be trusted.
    /// </summary>
    public static PodDisruptionBudget Take(PodDisruptionBudget budget, string podName, DateTimeOffset now)
    {
        var (status, name) = (budget.Status, budget.Metadata.Name);
        if (status.ObservedGeneration < budget.Metadata.Generation)
        {
            throw StillProcessed(name);
        }

        if (status.DisruptionsAllowed < 0)
        {
            throw ApiErrors.Forbidden("policy", "poddisruptionbudget", name, "pdb disruptions allowed is negative");
        }

        if (status.DisruptedPods.Count > MaxDisruptedPods)
        {
            throw ApiErrors.Forbidden("policy", "poddisruptionbudget", name,
                "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        }

        if (status.DisruptionsAllowed == 0)
        {
            throw TooMany(Why(budget), 0);
        }

        var left = status.DisruptionsAllowed - 1;
        return budget with
        {
            Status = status with
            {
                DisruptionsAllowed = left,
                DisruptedPods = status.DisruptedPods.Set(podName, Timestamp.From(now)),
                Conditions = left == 0 ? WithoutRoom(status, now) : status.Conditions,
            },
        };
    }

    /// <summary>A pod that was not ready may have become so since it was counted: 429, ask again.</summary>
    public static ApiException StillProcessed(string name) =>
        TooMany($"The disruption budget {name} is still being processed by the server.", 10);

    // What a failed sync has counted is not to be trusted: that comes first.
    private static string Why(PodDisruptionBudget budget)
    {
        var (status, name) = (budget.Status, budget.Metadata.Name);
        var not = $"The disruption budget {name} does not allow evicting pods currently";
        var told = status.Conditions.FirstOrDefault(condition => condition.Type == DisruptionAllowed)
            is { Status: ConditionStatus.False, Message.Length: > 0 } found ? found : null;
        if (told is { Reason: SyncFailed })
        {
            return $"{not} because it failed sync: {told.Message}";
        }

        if (status.CurrentHealthy <= status.DesiredHealthy)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The disruption budget {name} needs {status.DesiredHealthy} healthy pods and has "
                + $"{status.CurrentHealthy} currently");
        }

        return told is null ? not : $"{not} ({told.Reason}): {told.Message}";
    }

    // Source: pkg/apis/policy/helper, UpdateDisruptionAllowedCondition.
    private static ValueList<Condition> WithoutRoom(PodDisruptionBudgetStatus status, DateTimeOffset now)
    {
        var next = new Condition
        {
            Type = DisruptionAllowed,
            Status = ConditionStatus.False,
            Reason = "InsufficientPods",
            ObservedGeneration = status.ObservedGeneration,
            LastTransitionTime = Timestamp.From(now),
        };
        for (var i = 0; i < status.Conditions.Count; i++)
        {
            if (status.Conditions[i] is { Type: DisruptionAllowed } old)
            {
                return status.Conditions.SetItem(i, old.Status == next.Status
                    ? next with { LastTransitionTime = old.LastTransitionTime } : next);
            }
        }

        return status.Conditions.Add(next);
    }

    private static ApiException TooMany(string cause, int retryAfterSeconds)
    {
        var status = ApiErrors.TooManyRequests(Violates, retryAfterSeconds).Status;
        return new(status with
        {
            Details = (status.Details ?? StatusDetails.Empty) with
            {
                Causes = [new() { Type = "DisruptionBudget", Message = cause }],
            },
        });
    }
}
