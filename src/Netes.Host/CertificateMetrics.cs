using System.Security.Cryptography.X509Certificates;
using Netes.Api.Telemetry;
using Netes.Host.Joining;

namespace Netes.Host;

/// <summary>
/// How long the node's certificates are good for, read when somebody asks.
/// Source: pkg/kubelet/certificate/kubelet.go; pkg/kubelet/kubelet.go.
/// </summary>
internal static class CertificateMetrics
{
    public static void Add(MetricRegistry registry, Func<NodeCredentials> credentials, TimeProvider time)
    {
        registry.Read(
            "kubelet_certificate_manager_client_ttl_seconds",
            "[ALPHA] Time until the agent's client certificate expires, in seconds.",
            () => [(default, Left(credentials().Client))]);
        registry.Read(
            "kubelet_certificate_manager_server_ttl_seconds",
            "[ALPHA] Time until the certificate of the agent's server expires, in seconds.",
            () => [(default, Left(credentials().Server))]);

        double Left(X509Certificate2 certificate) =>
            Math.Floor((certificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime).TotalSeconds);
    }
}
