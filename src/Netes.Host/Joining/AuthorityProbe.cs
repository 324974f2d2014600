using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Netes.Host.Joining;

/// <summary>
/// Asks a server for the cluster's authority, and takes it only when its hash is the one in the join token and it
/// signed the certificate that the server showed: nothing secret is sent before.
/// </summary>
internal static class AuthorityProbe
{
    /// <summary>A few authorities fit; more is not what was asked for.</summary>
    private const int MaxBytes = 64 * 1024;

    /// <summary>The authority's certificate as PEM.</summary>
    /// <exception cref="AuthenticationException">The server shows no authority with that hash.</exception>
    public static async Task<string> FetchAsync(Uri server, string hash, CancellationToken cancel)
    {
        X509Certificate2? leaf = null;
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                {
                    leaf = shown is null ? null : X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
                    return true;
                },
            },
        };
        using var client = new HttpClient(handler) { MaxResponseContentBufferSize = MaxBytes };
        var text = await client.GetStringAsync(new Uri(server, "/cacerts"), cancel);
        using (leaf)
        {
            return Find(text, leaf, hash) ?? throw new AuthenticationException(
                $"{server} does not belong to the cluster of this token: no certificate authority with SHA-256 {hash}");
        }
    }

    private static string? Find(string text, X509Certificate2? leaf, string hash)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            return null;
        }

        foreach (var candidate in authorities)
        {
            var actual = Convert.ToHexStringLower(SHA256.HashData(candidate.RawData));
            if (CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.ASCII.GetBytes(actual), System.Text.Encoding.ASCII.GetBytes(hash)))
            {
                return leaf is not null && Signs(candidate, leaf) ? candidate.ExportCertificatePem() : null;
            }
        }

        return null;
    }

    private static bool Signs(X509Certificate2 authority, X509Certificate2 leaf)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        return chain.Build(leaf);
    }
}
