using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Netes.ApiServer.Http;

/// <summary>
/// What a TLS handshake needs, made once for each serving certificate: building its chain anew for every connection
/// took two milliseconds of a core, most of a <c>kubectl get</c>.
/// </summary>
internal sealed class ServerTls(Func<X509Certificate2> certificate)
{
    private Prepared? _prepared;

    public TlsHandshakeCallbackOptions Options => new()
    {
        HandshakeTimeout = TimeSpan.FromSeconds(10),
        OnConnection = _ => ValueTask.FromResult(Current()),
    };

    private SslServerAuthenticationOptions Current()
    {
        var now = certificate();
        var prepared = Volatile.Read(ref _prepared);
        if (prepared is null || !ReferenceEquals(prepared.Certificate, now))
        {
            prepared = new(now, SslStreamCertificateContext.Create(now, additionalCertificates: null, offline: true));
            Volatile.Write(ref _prepared, prepared);
        }

        // A record of its own for each connection: Kestrel adds the protocols to it.
        return new()
        {
            ServerCertificateContext = prepared.Context,
            ClientCertificateRequired = true,

            // None is allowed, and the authenticator validates: a bad one is 401, not a broken handshake. So the
            // chain that is built anyway looks for nothing in the machine's or the network's stores.
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
            CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                VerificationFlags = X509VerificationFlags.AllFlags,
            },
        };
    }

    private sealed record Prepared(X509Certificate2 Certificate, SslStreamCertificateContext Context);
}
