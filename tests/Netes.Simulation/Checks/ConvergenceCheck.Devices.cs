using Netes.Api.Core;

namespace Netes.Simulation.Checks;

/// <summary>What must be true of devices in the end.</summary>
internal static partial class ConvergenceCheck
{
    /// <summary>Reserved is a claim only for pods that are there and not over.</summary>
    private static Gap? Missing(Mirror mirror, ResourceClaim claim)
    {
        var name = claim.Metadata.Name;
        var live = mirror.Pods.Items.Where(pod => pod.Status.Phase is not (PodPhase.Succeeded or PodPhase.Failed))
            .Select(pod => pod.Metadata.Uid).ToHashSet(StringComparer.Ordinal);
        return claim.Status.ReservedFor.Any(consumer => !live.Contains(consumer.Uid))
            ? new(
                Finding.ReservedForNobody,
                $"claim {name} is reserved for pods that are over: {claim.Status.ReservedFor}")
            : null;
    }
}
