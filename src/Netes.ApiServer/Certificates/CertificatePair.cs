using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Netes.ApiServer.Certificates;

/// <summary>
/// A certificate and its private key, as PEM texts: what a file, a kubeconfig or a TLS endpoint needs.
/// <see cref="ToString"/> never shows the key.
/// </summary>
public sealed class CertificatePair(string certificatePem, string keyPem)
{
    public string CertificatePem { get; } = certificatePem;

    /// <summary>PKCS #8.</summary>
    public string KeyPem { get; } = keyPem;

    /// <summary>The certificate with its key, for Kestrel and HttpClient. The caller disposes it.</summary>
    public X509Certificate2 Load() => X509Certificate2.CreateFromPem(CertificatePem, KeyPem);

    /// <summary>The certificate alone. The caller disposes it.</summary>
    public X509Certificate2 LoadPublic() => X509Certificate2.CreateFromPem(CertificatePem);

    public override string ToString() => "certificate with a private key";

    /// <summary>False when the texts are damaged, or the key is another certificate's.</summary>
    internal bool IsWhole()
    {
        try
        {
            using var loaded = Load();
            return loaded.HasPrivateKey;
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
