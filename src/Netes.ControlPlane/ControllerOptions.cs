using Netes.Api;
using Netes.Api.Telemetry;

namespace Netes.ControlPlane;

/// <summary>What the controllers are told. The defaults are those of Kubernetes' kube-controller-manager.</summary>
public sealed record ControllerOptions
{
    /// <summary>
    /// The range from which nodes get their pod addresses; empty: none are given out. One per IP family.
    /// </summary>
    public IReadOnlyList<string> ClusterCidrs { get; init; } = ["10.244.0.0/16"];

    /// <summary>The ranges of services' addresses; no node's range has any of them.</summary>
    public IReadOnlyList<string> ServiceCidrs { get; init; } = [];

    /// <summary>The prefix length of a node's range, IPv4.</summary>
    public int NodeCidrMaskSizeIPv4 { get; init; } = 24;

    /// <summary>The prefix length of a node's range, IPv6.</summary>
    public int NodeCidrMaskSizeIPv6 { get; init; } = 64;

    /// <summary>
    /// The authority of the API server in PEM, for <c>kube-root-ca.crt</c>; empty: none is published.
    /// </summary>
    public string RootCertificatePem { get; init; } = "";

    /// <summary>Signs approved certificate requests; null: none is signed.</summary>
    public CertificateSigner? SignCertificate { get; init; }

    /// <summary>Makes tokens for Secrets of type service-account-token; null: none is made.</summary>
    public ServiceAccountTokenSigner? SignServiceAccountToken { get; init; }

    /// <summary>Tokens that were made for accounts and that nobody used for so long are marked, then deleted.</summary>
    public TimeSpan LegacyTokenCleanUpPeriod { get; init; } = TimeSpan.FromDays(365);

    /// <summary>A node that was silent for so long is Unknown.</summary>
    public TimeSpan NodeMonitorGracePeriod { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>A new node has so long until its first status.</summary>
    public TimeSpan NodeStartupGracePeriod { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Nodes per second and zone whose pods are driven out, while most of the zone is well.</summary>
    public double NodeEvictionRate { get; init; } = 0.1;

    /// <summary>The same while it is not, in zones that are large; in others nobody is driven out then.</summary>
    public double SecondaryNodeEvictionRate { get; init; } = 0.01;

    /// <summary>A zone of more nodes is large.</summary>
    public int LargeClusterSizeThreshold { get; init; } = 50;

    /// <summary>A zone of which that part is not ready is not well.</summary>
    public double UnhealthyZoneThreshold { get; init; } = 0.55;

    /// <summary>Terminated pods beyond this count are deleted; 0: never.</summary>
    public int TerminatedPodThreshold { get; init; } = 12500;

    /// <summary>Endpoints per slice.</summary>
    public int MaxEndpointsPerSlice { get; init; } = 100;

    /// <summary>Some controllers only run when a feature is on.</summary>
    public FeatureGates Features { get; init; } = FeatureGates.Default;

    /// <summary>Where work queues are measured; null: nowhere.</summary>
    public MetricRegistry? Metrics { get; init; }

    /// <summary>Keys that a controller works on at a time.</summary>
    public int Workers { get; init; } = 5;
}
