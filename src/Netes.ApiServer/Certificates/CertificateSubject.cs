using System.Net;
using Netes.Api;

namespace Netes.ApiServer.Certificates;

/// <summary>Who a certificate is for, and what it may do.</summary>
public sealed record CertificateSubject
{
    /// <summary>The user's name in Kubernetes.</summary>
    public required string CommonName { get; init; }

    /// <summary>The user's groups in Kubernetes.</summary>
    public ValueList<string> Organizations { get; init; }

    public ValueList<string> DnsNames { get; init; }

    public ValueList<IPAddress> Addresses { get; init; }

    /// <summary>May prove who a client is.</summary>
    public bool ForClient { get; init; }

    /// <summary>May prove who a server is.</summary>
    public bool ForServer { get; init; }
}
