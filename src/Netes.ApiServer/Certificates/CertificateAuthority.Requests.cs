using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;
using Netes.Api.Certificates;

namespace Netes.ApiServer.Certificates;

public sealed partial class CertificateAuthority
{
    /// <summary>
    /// A certificate for a PKCS #10 request: its subject, its key, its DNS names, mailboxes, addresses and URIs, and
    /// nothing else of what it asks for; what it may be used for comes from <paramref name="usages"/>. Throws
    /// <see cref="InvalidDataException"/> when the request is damaged or a usage unknown. Source:
    /// pkg/controller/certificates/authority/{authority,policies}.go.
    /// </summary>
    public ByteString SignRequest(ByteString request, ValueList<string> usages, TimeSpan lifetime)
    {
        if (!CertificateRequestText.TryLoad(request, out var loaded))
        {
            throw new InvalidDataException("the certificate request is damaged");
        }

        var flags = X509KeyUsageFlags.None;
        var purposes = new OidCollection();
        foreach (var usage in usages)
        {
            if (Flag(usage) is { } flag)
            {
                flags |= flag;
            }
            else
            {
                purposes.Add(new Oid(Purpose(usage)
                    ?? throw new InvalidDataException($"unrecognized usage {FieldError.Quote(usage)}")));
            }
        }

        // A certificate that names no key usage may be used for all; one with an empty list of them for nothing.
        var extensions = new List<X509Extension>();
        if (flags != X509KeyUsageFlags.None)
        {
            extensions.Add(new X509KeyUsageExtension(flags, true));
        }

        if (purposes.Count > 0)
        {
            extensions.Add(new X509EnhancedKeyUsageExtension(purposes, false));
        }

        extensions.AddRange(loaded.CertificateExtensions
            .Where(static extension => extension.Oid?.Value == ObjectIds.SubjectAlternativeName)
            .Select(static extension => KnownNames(extension)).OfType<X509Extension>());
        using var certificate = Sign(loaded.SubjectName, loaded.PublicKey, extensions, lifetime);
        return ByteString.FromUtf8(certificate.ExportCertificatePem() + "\n");
    }

    /// <summary>
    /// The names of the kinds that are looked at before a request is approved; the others are left out. Null: none is
    /// left.
    /// </summary>
    private static X509Extension? KnownNames(X509Extension names)
    {
        const int mail = 1, dns = 2, uri = 6, address = 7;
        var asked = new AsnReader(names.RawData, AsnEncodingRules.DER).ReadSequence();
        var given = new AsnWriter(AsnEncodingRules.DER);
        var count = 0;
        using (given.PushSequence())
        {
            while (asked.HasData)
            {
                var isKnown = asked.PeekTag() is
                    { TagClass: TagClass.ContextSpecific, TagValue: mail or dns or uri or address };
                var name = asked.ReadEncodedValue();
                if (isKnown)
                {
                    given.WriteEncodedValue(name.Span);
                    count++;
                }
            }
        }

        return count == 0
            ? null
            : new X509Extension(ObjectIds.SubjectAlternativeName, given.Encode(), names.Critical);
    }

    private static X509KeyUsageFlags? Flag(string usage) => usage switch
    {
        KeyUsage.Signing or KeyUsage.DigitalSignature => X509KeyUsageFlags.DigitalSignature,
        KeyUsage.ContentCommitment => X509KeyUsageFlags.NonRepudiation,
        KeyUsage.KeyEncipherment => X509KeyUsageFlags.KeyEncipherment,
        KeyUsage.KeyAgreement => X509KeyUsageFlags.KeyAgreement,
        KeyUsage.DataEncipherment => X509KeyUsageFlags.DataEncipherment,
        KeyUsage.EncipherOnly => X509KeyUsageFlags.EncipherOnly,
        KeyUsage.DecipherOnly => X509KeyUsageFlags.DecipherOnly,
        _ => null,
    };

    /// <summary>Null also for what only an authority may do: sign certificates and revocation lists.</summary>
    private static string? Purpose(string usage) => usage switch
    {
        KeyUsage.Any => ObjectIds.AnyPurpose,
        KeyUsage.ServerAuth => ObjectIds.ServerAuthentication,
        KeyUsage.ClientAuth => ObjectIds.ClientAuthentication,
        KeyUsage.CodeSigning => "1.3.6.1.5.5.7.3.3",
        KeyUsage.EmailProtection or KeyUsage.SMime => "1.3.6.1.5.5.7.3.4",
        KeyUsage.IpsecEndSystem => "1.3.6.1.5.5.7.3.5",
        KeyUsage.IpsecTunnel => "1.3.6.1.5.5.7.3.6",
        KeyUsage.IpsecUser => "1.3.6.1.5.5.7.3.7",
        KeyUsage.Timestamping => "1.3.6.1.5.5.7.3.8",
        KeyUsage.OcspSigning => "1.3.6.1.5.5.7.3.9",
        _ => null,
    };
}
