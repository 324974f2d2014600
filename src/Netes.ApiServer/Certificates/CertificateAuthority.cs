using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;

namespace Netes.ApiServer.Certificates;

/// <summary>
/// A certificate authority with an ECDSA P-256 key. Safe for several threads.
/// Source: cmd/kubeadm/app/util/pkiutil; pkg/controller/certificates/authority.
/// </summary>
public sealed partial class CertificateAuthority : IDisposable
{
    /// <summary>
    /// Certificates begin that much in the past, for clocks that are behind (authority.go, Backdate).
    /// </summary>
    internal static readonly TimeSpan Backdate = TimeSpan.FromMinutes(5);

    private readonly ECDsa _key;
    private readonly TimeProvider _time;

    private CertificateAuthority(CertificatePair pair, TimeProvider time)
    {
        Certificate = pair.LoadPublic();
        Pem = pair.CertificatePem;
        _key = ECDsa.Create();
        _key.ImportFromPem(pair.KeyPem);
        _time = time;
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The authority's certificate: what clients trust.</summary>
    public string Pem { get; }

    /// <param name="pair">The authority's certificate and key; the key must be an ECDSA one.</param>
    /// <param name="time">The clock that new certificates' lives start at.</param>
    public static CertificateAuthority Load(CertificatePair pair, TimeProvider time) => new(pair, time);

    /// <summary>A new self-signed authority.</summary>
    public static CertificatePair Create(string commonName, TimeSpan lifetime, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            DistinguishedNames.Write(commonName, []), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign
            | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now - Backdate, now + lifetime);
        return new CertificatePair(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>A new key and its certificate.</summary>
    public CertificatePair Issue(CertificateSubject subject, TimeSpan lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var extensions = new List<X509Extension>
        {
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true),
            Purposes(subject),
        };
        if (!subject.DnsNames.IsEmpty || !subject.Addresses.IsEmpty)
        {
            extensions.Add(AlternativeNames(subject));
        }

        var name = DistinguishedNames.Write(subject.CommonName, subject.Organizations);
        using var certificate = Sign(name, new PublicKey(key), extensions, lifetime);
        return new CertificatePair(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>A certificate for a key that is not ours. It never lives longer than the authority.</summary>
    internal X509Certificate2 Sign(
        X500DistinguishedName subject, PublicKey key, IEnumerable<X509Extension> extensions, TimeSpan lifetime)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var now = _time.GetUtcNow();
        var end = now + lifetime;
        var last = new DateTimeOffset(Certificate.NotAfter.ToUniversalTime());
        Span<byte> serial = stackalloc byte[16];
        RandomNumberGenerator.Fill(serial);
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40);
        return request.Create(
            Certificate.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_key),
            now - Backdate,
            end < last ? end : last,
            serial);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private static X509EnhancedKeyUsageExtension Purposes(CertificateSubject subject)
    {
        var purposes = new OidCollection();
        if (subject.ForServer)
        {
            purposes.Add(new Oid(ObjectIds.ServerAuthentication));
        }

        if (subject.ForClient)
        {
            purposes.Add(new Oid(ObjectIds.ClientAuthentication));
        }

        return new X509EnhancedKeyUsageExtension(purposes, false);
    }

    private static X509Extension AlternativeNames(CertificateSubject subject)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in subject.DnsNames)
        {
            names.AddDnsName(name);
        }

        foreach (var address in subject.Addresses)
        {
            names.AddIpAddress(address);
        }

        return names.Build();
    }
}

/// <summary>Object identifiers of RFC 5280.</summary>
internal static class ObjectIds
{
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    public const string AnyPurpose = "2.5.29.37.0";
    public const string SubjectAlternativeName = "2.5.29.17";
}
