using System.Net;
using Netes.Api;

namespace Netes.ApiServer.Certificates;

/// <summary>What the cluster's certificates say. Source: kubeadm's ClusterConfiguration.</summary>
public sealed record ClusterPkiOptions
{
    /// <summary>The cluster's DNS domain. Default <c>cluster.local</c>.</summary>
    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>The address of the <c>kubernetes</c> Service. Default 10.96.0.1.</summary>
    public IPAddress ServiceAddress { get; init; } = IPAddress.Parse("10.96.0.1");

    /// <summary>More DNS names of the API server: the host's, the control-plane nodes'.</summary>
    public ValueList<string> ServerNames { get; init; }

    /// <summary>More addresses of the API server beside loopback and <see cref="ServiceAddress"/>.</summary>
    public ValueList<IPAddress> ServerAddresses { get; init; }

    /// <summary>Default 10 years.</summary>
    public TimeSpan AuthorityLifetime { get; init; } = TimeSpan.FromDays(3650);

    /// <summary>Default 1 year; renewed at start when less than a third is left.</summary>
    public TimeSpan CertificateLifetime { get; init; } = TimeSpan.FromDays(365);
}
