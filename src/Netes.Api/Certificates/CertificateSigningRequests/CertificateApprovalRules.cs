namespace Netes.Api.Certificates;

/// <summary>
/// An update of <c>approval</c>: only of the conditions. Source: pkg/registry/certificates/certificates/strategy.go,
/// csrApprovalStrategy; pkg/apis/certificates/validation/validation.go.
/// </summary>
public static class CertificateApprovalRules
{
    /// <param name="prepared">As an update of the status would be, which keeps what was decided.</param>
    /// <param name="next">As the client wants it.</param>
    /// <param name="old">As it is.</param>
    public static CertificateSigningRequest Prepare(
        CertificateSigningRequest prepared, CertificateSigningRequest next, CertificateSigningRequest old) =>
        prepared with { Status = old.Status with { Conditions = next.Status.Conditions } };

    public static List<FieldError> Check(CertificateSigningRequest next, CertificateSigningRequest old)
    {
        var errors = ObjectMetaRules.ValidateUpdate(next.Metadata, old.Metadata);
        ObjectMetaRules.ValidateStandardFinalizers(next.Metadata, errors);
        errors.AddRange(CertificateSigningRequestRules.ValidateApproval(next, old));
        return errors;
    }
}
