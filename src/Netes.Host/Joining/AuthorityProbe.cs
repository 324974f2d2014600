using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Netes.Host.Joining;

/// <summary>
/// Finds the cluster's authority in the server's TLS handshake and takes it only when its hash is the one in the join
/// token: nothing is sent to a server that could not show it.
/// </summary>
internal static class AuthorityProbe
{
    /// <summary>The authority's certificate as PEM.</summary>
    /// <exception cref="AuthenticationException">The server shows no authority with that hash.</exception>
    public static async Task<string> FetchAsync(Uri server, string hash, CancellationToken cancel)
    {
        string? found = null;
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Host, server.Port, cancel);
        await using var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = server.Host,
                RemoteCertificateValidationCallback = (_, leaf, chain, _) =>
                {
                    found = Find(leaf, chain, hash);
                    return true;
                },
            },
            cancel);
        return found ?? throw new AuthenticationException(
            $"{server} does not belong to the cluster of this token: no certificate authority with SHA-256 {hash}");
    }

    private static string? Find(X509Certificate? leaf, X509Chain? chain, string hash)
    {
        if (leaf is null || chain is null)
        {
            return null;
        }

        foreach (var candidate in chain.ChainPolicy.ExtraStore.Concat(chain.ChainElements.Select(e => e.Certificate)))
        {
            var actual = Convert.ToHexStringLower(SHA256.HashData(candidate.RawData));
            if (CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.ASCII.GetBytes(actual), System.Text.Encoding.ASCII.GetBytes(hash)))
            {
                return Signs(candidate, leaf) ? candidate.ExportCertificatePem() : null;
            }
        }

        return null;
    }

    private static bool Signs(X509Certificate2 authority, X509Certificate leaf)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        using var certificate = X509CertificateLoader.LoadCertificate(leaf.GetRawCertData());
        return chain.Build(certificate);
    }
}
