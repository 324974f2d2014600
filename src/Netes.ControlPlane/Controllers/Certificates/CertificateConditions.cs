using Netes.Api;
using Netes.Api.Certificates;

namespace Netes.ControlPlane;

/// <summary>
/// Reads and sets conditions of certificate requests. Source:
/// pkg/controller/certificates/certificate_controller_utils.go.
/// </summary>
internal static class CertificateConditions
{
    public static bool Has(this CertificateSigningRequest request, string type) =>
        request.Status.Conditions.Any(condition => condition.Type == type);

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
