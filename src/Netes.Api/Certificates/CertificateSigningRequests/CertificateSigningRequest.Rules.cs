using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Netes.Api.Certificates;

/// <summary>
/// The requestor's name and groups come from the request's user, which the API server fills in. Source:
/// pkg/apis/certificates/validation/validation.go, pkg/registry/certificates/certificates/strategy.go.
/// </summary>
internal static partial class CertificateSigningRequestRules
{
    private const int MinSeconds = 600;
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    private static readonly string[] Usages =
    [
        KeyUsage.Any, KeyUsage.CertSign, KeyUsage.ClientAuth, KeyUsage.CodeSigning, KeyUsage.ContentCommitment,
        KeyUsage.CrlSign, KeyUsage.DataEncipherment, KeyUsage.DecipherOnly, KeyUsage.DigitalSignature,
        KeyUsage.EmailProtection, KeyUsage.EncipherOnly, KeyUsage.IpsecEndSystem, KeyUsage.IpsecTunnel,
        KeyUsage.IpsecUser, KeyUsage.KeyAgreement, KeyUsage.KeyEncipherment, KeyUsage.MicrosoftSgc,
        KeyUsage.NetscapeSgc, KeyUsage.OcspSigning, KeyUsage.SMime, KeyUsage.ServerAuth, KeyUsage.Signing,
        KeyUsage.Timestamping,
    ];

    public static ValueList<SelectableField<CertificateSigningRequest>> Fields { get; } =
        [new("spec.signerName", static item => item.Spec.SignerName)];

    public static CertificateSigningRequest PrepareCreate(CertificateSigningRequest item) =>
        item with { Status = CertificateSigningRequestStatus.Empty };

    /// <summary>What was asked for is never changed.</summary>
    public static CertificateSigningRequest PrepareUpdate(
        CertificateSigningRequest next, CertificateSigningRequest old) =>
        next with { Spec = old.Spec };

    public static List<FieldError> Validate(CertificateSigningRequest item)
    {
        List<FieldError> errors = [];
        var problem = Problem(item.Spec.Request);
        if (problem.Length > 0)
        {
            errors.Invalid(Spec.Child("request"), new Shown(item.Spec.Request.ToBase64()), problem);
        }

        if (item.Spec.Usages.IsEmpty)
        {
            errors.Required(Spec.Child("usages"));
        }

        for (var i = 0; i < item.Spec.Usages.Count; i++)
        {
            var (usage, path) = (item.Spec.Usages[i], Spec.Child("usages").Index(i));
            if (!Usages.Contains(usage))
            {
                errors.Add(FieldError.NotSupported(path, usage, Usages));
            }
            else if (item.Spec.Usages.Take(i).Contains(usage))
            {
                errors.Add(FieldError.Duplicate(path, usage));
            }
        }

        ValidateSigner(item.Spec.SignerName, errors);
        if (item.Spec.ExpirationSeconds is { } seconds and < MinSeconds)
        {
            errors.Invalid(Spec.Child("expirationSeconds"), seconds,
                "may not specify a duration less than 600 seconds (10 minutes)");
        }

        return errors;
    }

    public static List<FieldError> ValidateUpdate(CertificateSigningRequest next, CertificateSigningRequest old) => [];

    private static void ValidateSigner(string name, List<FieldError> errors)
    {
        var path = Spec.Child("signerName");
        if (name.Length == 0)
        {
            errors.Required(path);
            return;
        }

        var parts = name.Split('/');
        if (parts.Length != 2)
        {
            errors.Invalid(
                path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
            return;
        }

        errors.Invalid(
            path, parts[0],
                Names.Dns1123Subdomain(parts[0]).Select(message => $"validating label \"{parts[0]}\": {message}"));
        if (!parts[0].Contains('.', StringComparison.Ordinal))
        {
            errors.Invalid(path, parts[0], "should be a domain with at least two segments separated by dots");
        }

        foreach (var segment in parts[1].Split('.'))
        {
            errors.Invalid(
                path, parts[1],
                    Names.Dns1035Label(segment).Select(message => $"validating label \"{segment}\": {message}"));
        }
    }

    private static string Problem(ByteString request)
    {
        try
        {
            CertificateRequest.LoadSigningRequestPem(request.ToUtf8(), HashAlgorithmName.SHA256);
            return "";
        }
        catch (CryptographicException)
        {
            return "PEM block type must be CERTIFICATE REQUEST";
        }
    }
}
