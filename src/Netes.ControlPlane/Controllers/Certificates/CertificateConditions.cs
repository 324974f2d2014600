using Netes.Api;
using Netes.Api.Certificates;

namespace Netes.ControlPlane;

/// <summary>
/// Reads certificate requests, and sets their conditions. Source:
/// pkg/controller/certificates/certificate_controller_utils.go.
/// </summary>
internal static class CertificateConditions
{
    public static bool Has(this CertificateSigningRequest request, string type) =>
        request.Status.Conditions.Any(condition => condition.Type == type);

    /// <summary>
    /// What it asks for. The API server takes in nothing that cannot be read.
    /// </summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static CertificateRequestText Read(this CertificateSigningRequest request) =>
        CertificateRequestText.TryParse(request.Spec.Request, out var asked, out var error)
            ? asked
            : throw new InvalidDataException(
                $"unable to parse csr {FieldError.Quote(request.Metadata.Name)}: {error}");

    public static CertificateSigningRequest With(
        this CertificateSigningRequest request, string type, string reason, string message, DateTimeOffset now) =>
        request with
        {
            Status = request.Status with
            {
                Conditions = request.Status.Conditions.Add(new CertificateSigningRequestCondition
                {
                    Type = type,
                    Status = "True",
                    Reason = reason,
                    Message = message,
                    LastUpdateTime = Timestamp.From(now),
                    LastTransitionTime = Timestamp.From(now),
                }),
            },
        };
}
