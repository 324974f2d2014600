using System.Security.Cryptography.X509Certificates;

namespace Netes.Client;

/// <summary>Where the API server is, and who asks.</summary>
public sealed record HttpTransportOptions
{
    /// <summary>e.g. <c>https://127.0.0.1:6443</c>.</summary>
    public required Uri Server { get; init; }

    /// <summary>The only authorities whose server certificates are accepted. Null: the machine's.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Accept any server certificate (a kubeconfig's insecure-skip-tls-verify).</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>The name that the server certificate must have; empty: the server's host.</summary>
    public string TlsServerName { get; init; } = "";

    /// <summary>Called for each new connection, so that a rotated certificate is used at once. Null: none.</summary>
    public Func<X509Certificate2?>? ClientCertificate { get; init; }

    /// <summary>A constant bearer token; empty: none.</summary>
    public string BearerToken { get; init; } = "";

    /// <summary>A file with the bearer token, read again after it changed; empty: none.</summary>
    public string BearerTokenFile { get; init; } = "";

    /// <summary>Where its requests are counted; null: nowhere.</summary>
    public RestClientMetrics? Metrics { get; init; }

    public string UserAgent { get; init; } = "netes";

    /// <summary>Limit of the TCP and TLS handshakes.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
