using System.Net;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;
using Netes.Api.Telemetry;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer;

/// <summary>How one API server runs. Source: cmd/kube-apiserver/app/options.</summary>
public sealed record ApiServerOptions
{
    /// <summary>Where to listen; port 0 takes a free one. Default: every address, 6443.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Any, 6443);

    /// <summary>False: nothing listens; only calls within the process are answered, as in a simulation.</summary>
    public bool ServesNetwork { get; init; } = true;

    /// <summary>
    /// Answers for aggregated servers in place of the network, as in a simulation. Null: they are reached over it.
    /// </summary>
    public HttpMessageHandler? Neighbors { get; init; }

    /// <summary>Called for each handshake, so that a renewed certificate is taken up without a restart.</summary>
    public required Func<X509Certificate2> ServerCertificate { get; init; }

    /// <summary>
    /// The authorities, served on <c>/cacerts</c>: a joining machine knows its own there by the hash.
    /// </summary>
    public X509Certificate2Collection? ServerCertificateChain { get; init; }

    /// <summary>How users are known, and what is admitted.</summary>
    public SecurityOptions Security { get; init; } = new();

    /// <summary>
    /// The address of this server as other machines reach it; it becomes an endpoint of <c>kubernetes</c>.
    /// </summary>
    public IPAddress AdvertiseAddress { get; init; } = IPAddress.Loopback;

    /// <summary>What this server shows to kubelets. Null: logs, exec and proxying to nodes are unavailable.</summary>
    public X509Certificate2? KubeletClientCertificate { get; init; }

    /// <summary>
    /// Who signs the kubelets' serving certificates. Null: any certificate is taken, as Kubernetes does by default.
    /// </summary>
    public X509Certificate2Collection? KubeletAuthorities { get; init; }

    /// <summary>
    /// What this server shows to aggregated API servers, and who signed it. Null: it shows them nothing.
    /// </summary>
    public FrontProxyIdentity? FrontProxy { get; init; }

    /// <summary>Where services get their addresses from. Default 10.96.0.0/16.</summary>
    public IPNetwork ServiceNetwork { get; init; } = IPNetwork.Parse("10.96.0.0/16");

    /// <summary>
    /// Of the other family: services may have two addresses (KEP-563). Default null: they have one.
    /// </summary>
    public IPNetwork? SecondaryServiceNetwork { get; init; }

    /// <summary>First and last port of the NodePort range. Default 30000–32767.</summary>
    public (int First, int Last) NodePorts { get; init; } = (30000, 32767);

    /// <summary>Events held in memory for watchers, per resource. Default 8 MiB.</summary>
    public long WatchBytesPerResource { get; init; } = 8 << 20;

    /// <summary>What is counted here, and by whoever else gets the same registry; served on <c>/metrics</c>.</summary>
    public MetricRegistry Metrics { get; init; } = new();

    /// <summary>Which features are on.</summary>
    public FeatureGates Features { get; init; } = FeatureGates.Default;

    /// <summary>Which API versions and resources are served.</summary>
    public RuntimeConfig RuntimeConfig { get; init; } = RuntimeConfig.Default;

    /// <summary>Where uids and generated names come from.</summary>
    public IdSource Ids { get; init; } = IdSource.System;

    /// <summary>The default one first.</summary>
    internal IEnumerable<IPNetwork> ServiceNetworks =>
        SecondaryServiceNetwork is { } secondary ? [ServiceNetwork, secondary] : [ServiceNetwork];
}

/// <summary>The client certificate of the front proxy. Source: kubeadm's front-proxy-client.</summary>
/// <param name="Client">With its key.</param>
/// <param name="AuthorityPem">Who signed it: what aggregated servers are told to believe.</param>
public sealed record FrontProxyIdentity(X509Certificate2 Client, string AuthorityPem);
