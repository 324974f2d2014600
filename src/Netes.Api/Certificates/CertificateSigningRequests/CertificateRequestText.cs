using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Netes.Api.Certificates;

/// <summary>
/// What <c>spec.request</c> asks for: a PKCS #10 request whose signature was checked. Source:
/// pkg/apis/certificates/helpers.go.
/// </summary>
public sealed record CertificateRequestText
{
    private const string AlternativeNameId = "2.5.29.17";

    // Of RFC 5280, GeneralName.
    private const int MailTag = 1;
    private const int UriTag = 6;

    public required string CommonName { get; init; }

    public ValueList<string> Organizations { get; init; }

    public ValueList<string> DnsNames { get; init; }

    public ValueList<IPAddress> Addresses { get; init; }

    /// <summary>True when it asks for the names of mailboxes.</summary>
    public bool HasMailNames { get; init; }

    /// <summary>True when it asks for URIs. Names of further kinds are read over, as Go's x509 does.</summary>
    public bool HasUris { get; init; }

    /// <summary>
    /// Reads a PEM block <c>CERTIFICATE REQUEST</c>; <paramref name="error"/> is Kubernetes' text for the field.
    /// </summary>
    public static bool TryParse(
        ByteString request, [NotNullWhen(true)] out CertificateRequestText? parsed, out string error)
    {
        (parsed, error) = (null, "PEM block type must be CERTIFICATE REQUEST");
        if (!TryLoad(request, out var loaded))
        {
            return false;
        }

        try
        {
            var (commonName, organizations) = SubjectNames.Read(loaded.SubjectName);
            var names = loaded.CertificateExtensions.FirstOrDefault(
                static extension => extension.Oid?.Value == AlternativeNameId);
            var alternatives = names is null
                ? null
                : names as X509SubjectAlternativeNameExtension
                    ?? new X509SubjectAlternativeNameExtension(names.RawData);
            parsed = new CertificateRequestText
            {
                CommonName = commonName,
                Organizations = organizations,
                DnsNames = alternatives?.EnumerateDnsNames().ToValueList() ?? default,
                Addresses = alternatives?.EnumerateIPAddresses().ToValueList() ?? default,
                HasMailNames = alternatives is not null && Has(alternatives, MailTag),
                HasUris = alternatives is not null && Has(alternatives, UriTag),
            };
            return true;
        }
        catch (Exception failure) when (failure is CryptographicException or AsnContentException)
        {
            error = "the request's names cannot be read";
            return false;
        }
    }

    /// <summary>The request itself, to be signed. False when it is damaged, or not signed by its own key.</summary>
    public static bool TryLoad(ByteString request, [NotNullWhen(true)] out CertificateRequest? loaded)
    {
        try
        {
            loaded = CertificateRequest.LoadSigningRequestPem(
                request.ToUtf8(), HashAlgorithmName.SHA256,
                    CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
            return true;
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException or NotSupportedException)
        {
            loaded = null;
            return false;
        }
    }

    private static bool Has(X509SubjectAlternativeNameExtension names, int tag)
    {
        var sequence = new AsnReader(names.RawData, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            if (sequence.PeekTag() is { TagClass: TagClass.ContextSpecific } next && next.TagValue == tag)
            {
                return true;
            }

            sequence.ReadEncodedValue();
        }

        return false;
    }
}
