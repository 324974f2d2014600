using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;

namespace Netes.ControlPlane;

/// <summary>
/// For whom each endpoint is: hints by which proxies keep traffic in its zone or on its node. Pure.
/// Source: staging endpointslice/trafficdist/trafficdist.go, KEP-4444, KEP-3015.
/// </summary>
internal static class TopologyHints
{
    private const string ModeAnnotation = "service.kubernetes.io/topology-mode";
    private const string FormerAnnotation = "service.kubernetes.io/topology-aware-hints";

    /// <summary>
    /// The service asks for shares of the zones' processors (topology-mode Auto); where both annotations are, the
    /// former one counts.
    /// </summary>
    public static bool IsAuto(Service service) =>
        service.Metadata.Annotations.Get(FormerAnnotation,
            service.Metadata.Annotations.Get(ModeAnnotation, "")) is "Auto" or "auto";

    /// <summary>A traffic distribution that is more than a name.</summary>
    public static bool IsKnown(string distribution) => distribution is ServiceTrafficDistribution.PreferClose
        or ServiceTrafficDistribution.PreferSameZone or ServiceTrafficDistribution.PreferSameNode;

    /// <summary>The endpoint with the hints of the service's traffic distribution.</summary>
    public static Endpoint Distributed(Endpoint endpoint, string? distribution)
    {
        var nodes = distribution == ServiceTrafficDistribution.PreferSameNode;
        var zones = nodes || distribution
            is ServiceTrafficDistribution.PreferClose or ServiceTrafficDistribution.PreferSameZone;
        if (endpoint.Conditions.Ready != true || !zones
            || (endpoint.Zone is null && (!nodes || endpoint.NodeName is null)))
        {
            return endpoint;
        }

        return endpoint with
        {
            Hints = new()
            {
                ForZones = endpoint.Zone is { } zone ? [new ForZone { Name = zone }] : [],
                ForNodes = nodes && endpoint.NodeName is { } node ? [new ForNode { Name = node }] : [],
            },
        };
    }

    public static Endpoint For(Endpoint endpoint, string zone) =>
        endpoint with { Hints = new() { ForZones = [new ForZone { Name = zone }] } };
}

/// <summary>Values of a service's trafficDistribution.</summary>
internal static class ServiceTrafficDistribution
{
    public const string PreferClose = "PreferClose";
    public const string PreferSameZone = "PreferSameZone";
    public const string PreferSameNode = "PreferSameNode";
}
