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
    private const int MaxDisruptedPods = 2000;

    /// <summary>
    /// The budget with one disruption less; 429 when there is none left, 403 when it cannot be trusted.
    /// </summary>
    public static PodDisruptionBudget Take(PodDisruptionBudget budget, string podName, DateTimeOffset now)
    {
        var (status, name) = (budget.Status, budget.Metadata.Name);
        if (status.ObservedGeneration < budget.Metadata.Generation)
        {
            throw TooMany($"The disruption budget {name} is still being processed by the server.", 10);
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
            throw TooMany(string.Create(
                CultureInfo.InvariantCulture,
                $"The disruption budget {name} needs {status.DesiredHealthy} healthy pods and has "
                + $"{status.CurrentHealthy} currently"), 0);
        }

        return budget with
        {
            Status = status with
            {
                DisruptionsAllowed = status.DisruptionsAllowed - 1,
                DisruptedPods = status.DisruptedPods.Set(podName, Timestamp.From(now)),
            },
        };
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
