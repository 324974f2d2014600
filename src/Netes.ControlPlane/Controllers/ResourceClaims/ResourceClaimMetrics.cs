using Netes.Api.Telemetry;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>What is counted of claims. Source: pkg/controller/resourceclaim/metrics/metrics.go.</summary>
internal sealed class ResourceClaimMetrics
{
    private readonly CounterFamily? _creates;

    public ResourceClaimMetrics(MetricRegistry? registry, ObjectCache<ResourceClaim> claims)
    {
        _creates = registry?.Counter(
            "dynamic_resource_allocation_resourceclaim_creates_total",
            "[ALPHA] Claims that were made from templates, by what came of it.", "status", "admin_access");
        registry?.Read(
            "dynamic_resource_allocation_resource_claims", "[ALPHA] Claims, by whether they are allocated.",
            () => claims.List()
                .GroupBy(static claim => (
                    Word(claim.Status.Allocation is not null), Word(IsAdmin(claim)), Source(claim)))
                .Select(static group => (
                    new LabelValues(group.Key.Item1, group.Key.Item2, group.Key.Item3), (double)group.Count())),
            "allocated", "admin_access", "source");
    }

    public static bool IsAdmin(ResourceClaim claim) =>
        claim.Spec.Devices.Requests.Any(static request => request.Exactly?.AdminAccess == true);

    public void Created(bool succeeded, bool isAdmin) =>
        _creates?.With(new LabelValues(succeeded ? "success" : "failure", Word(isAdmin))).Add();

    private static string Source(ResourceClaim claim) =>
        claim.Metadata.Annotations.ContainsKey(PodResourceClaims.PodClaimAnnotation) ? "resource_claim_template"
        : claim.Metadata.Annotations.ContainsKey(PodResourceClaims.ExtendedResourceAnnotation) ? "extended_resource"
        : "";

    private static string Word(bool value) => value ? "true" : "false";
}
