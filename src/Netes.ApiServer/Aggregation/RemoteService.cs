using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Netes.Api;
using Netes.Api.ApiRegistration;
using Netes.ApiServer.Streaming;

namespace Netes.ApiServer.Aggregation;

/// <summary>
/// An APIService that a Service answers: how it is reached and trusted.
/// Source: kube-aggregator pkg/apiserver/handler_proxy.go, proxyHandlingInfo.
/// </summary>
internal sealed class RemoteService(APIService service, X509Certificate2? client)
{
    private readonly Lazy<ProxyPeer> _trusted = new(() => Peer(service, client, verifies: true));
    private readonly Lazy<ProxyPeer> _unverified = new(() => Peer(service, client, verifies: false));

    public APIService Object => service;

    public string Name => service.Metadata.Name;

    public string Group => service.Spec.Group;

    public string Version => service.Spec.Version;

    public ServiceReference Service => service.Spec.Service!;

    public int Port => Service.Port ?? 443;

    /// <summary>Where its resources are listed: every aggregated server serves this.</summary>
    public string DiscoveryPath => Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";

    public bool IsAvailable => service.Status.Conditions.Any(
        static condition => condition is { Type: APIServiceConditionType.Available, Status: ConditionStatus.True });

    /// <summary>Verified by caBundle, unless that is not wanted; throws <see cref="CryptographicException"/> where the
    /// bundle holds no certificate.</summary>
    public ProxyPeer Trusted => _trusted.Value;

    /// <summary>For asking whether it is there: who lies about that gains nothing.</summary>
    public ProxyPeer Unverified => _unverified.Value;

    private static ProxyPeer Peer(APIService service, X509Certificate2? client, bool verifies)
    {
        var spec = service.Spec;
        var name = $"{spec.Service!.Name}.{spec.Service.Namespace}.svc";
        var tls = new SslClientAuthenticationOptions { TargetHost = name };
        if (!verifies || spec.InsecureSkipTLSVerify)
        {
            tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        }
        else if (!spec.CABundle.IsEmpty)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.ImportFromPem(spec.CABundle.ToUtf8());
            if (policy.CustomTrustStore.Count == 0)
            {
                throw new CryptographicException("unable to load root certificates: no certificates found");
            }

            tls.CertificateChainPolicy = policy;
        }

        if (client is not null)
        {
            tls.ClientCertificates = [client];
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => client;
        }

        // Connections that were made under other terms are not used again.
        var terms = $"{name}\n{spec.InsecureSkipTLSVerify}\n{verifies}\n{spec.CABundle.ToUtf8()}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(terms));
        return new($"aggregated-{Convert.ToHexStringLower(hash.AsSpan(0, 12))}", tls, []);
    }
}
