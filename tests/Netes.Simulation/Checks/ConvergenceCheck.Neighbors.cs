using Netes.Api.ApiRegistration;
using Netes.Api.Coordination;
using Netes.Simulation.World;

namespace Netes.Simulation.Checks;

/// <summary>What must be true of other servers in the end.</summary>
internal static partial class ConvergenceCheck
{
    // Leases are looked at when a server starts, and each hour.
    private static readonly TimeSpan LongestKept = TimeSpan.FromMinutes(70);

    private static IEnumerable<Gap?> Neighbors(Mirror mirror, DateTimeOffset now) =>
        mirror.ApiServices.Items.Where(service => service.Spec.Service is not null)
            .Select(service => Missing(mirror, service))
            .Concat(mirror.Leases.Items.Where(LeaseCheck.IsOfServer)
                .Where(lease => LeaseCheck.EndOf(lease) + LongestKept < now)
                .Select(static lease => new Gap(
                    Finding.LeaseKept, $"lease {lease.Metadata.Name} ended at {LeaseCheck.EndOf(lease):O}, and is kept")));

    private static Gap? Missing(Mirror mirror, APIService service)
    {
        var told = service.Status.Conditions.FirstOrDefault(static condition =>
            condition.Type == APIServiceConditionType.Available);
        var expected = ReasonOf(mirror);
        return told?.Reason == expected && told.Status == (expected == "Passed" ? "True" : "False")
            ? null
            : new(Finding.AvailabilityDiffers, $"{service.Metadata.Name} is told to be {told}, and {expected} it is");
    }

    /// <summary>Source: kube-aggregator pkg/controllers/status/remote/remote_available_controller.go.</summary>
    private static string ReasonOf(Mirror mirror)
    {
        var name = World.Neighbors.Service;
        var slices = mirror.Slices.Items.Where(slice => slice.Metadata.Namespace == World.Neighbors.Namespace
            && slice.Metadata.Labels.Get("kubernetes.io/service-name", "") == name).ToList();
        return mirror.Services.Find($"{World.Neighbors.Namespace}/{name}") is null ? "ServiceNotFound"
            : slices.Count == 0 ? "EndpointsNotFound"
            : !slices.Any(static slice => slice.Endpoints.Any(static endpoint => endpoint.Conditions.Ready != false))
                ? "MissingEndpoints"
            : Neighbor.Answers(mirror) ? "Passed"
            : "FailedDiscoveryCheck";
    }
}
