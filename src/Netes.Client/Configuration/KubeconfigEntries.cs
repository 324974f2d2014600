using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Netes.Client;

/// <summary>A cluster with its user and the namespace that commands mean when they name none.</summary>
public sealed record KubeconfigContext(string Cluster, string User, string Namespace);

/// <summary>Where a cluster is and whom to trust.</summary>
public sealed record KubeconfigCluster
{
    public string Server { get; init; } = "";

    public string TlsServerName { get; init; } = "";

    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>PEM; empty: the machine's authorities.</summary>
    public string CertificateAuthorityPem { get; init; } = "";

    internal HttpTransportOptions ToTransport(Uri server) => new()
    {
        Server = server,
        TlsServerName = TlsServerName,
        InsecureSkipTlsVerify = InsecureSkipTlsVerify,
        Authorities = CertificateAuthorityPem.Length == 0 ? null : Pem.Certificates(CertificateAuthorityPem),
    };
}

/// <summary>Who asks: a client certificate, a token, or nobody.</summary>
public sealed record KubeconfigUser
{
    public static KubeconfigUser Nobody { get; } = new();

    public string ClientCertificatePem { get; init; } = "";

    public string ClientKeyPem { get; init; } = "";

    public string Token { get; init; } = "";

    /// <summary>Read again when it changes; comes before <see cref="Token"/>.</summary>
    public string TokenFile { get; init; } = "";

    internal HttpTransportOptions AddTo(HttpTransportOptions options)
    {
        var certificate = ClientCertificatePem.Length == 0 ? null : Pem.WithKey(ClientCertificatePem, ClientKeyPem);
        return options with
        {
            ClientCertificate = certificate is null ? null : () => certificate,
            BearerToken = TokenFile.Length > 0 ? "" : Token,
            BearerTokenFile = TokenFile,
        };
    }
}

/// <summary>Certificates in PEM.</summary>
internal static class Pem
{
    public static X509Certificate2Collection Certificates(string pem)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(pem);
            return certificates;
        }
        catch (CryptographicException failure)
        {
            throw new InvalidDataException($"unreadable certificate authority: {failure.Message}", failure);
        }
    }

    public static X509Certificate2 WithKey(string certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"unreadable client certificate or key: {failure.Message}", failure);
        }
    }
}
