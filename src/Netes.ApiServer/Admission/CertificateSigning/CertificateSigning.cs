using Netes.Api;
using Netes.Api.Certificates;
using Netes.ApiServer.Authorization;

namespace Netes.ApiServer.Admission;

/// <summary>
/// Writing a certificate takes the verb <c>sign</c> on the signer. Source: plugin/pkg/admission/certificates/signing.
/// </summary>
internal sealed class CertificateSigning(IAuthorizer authorizer) : IValidatingAdmissionPlugin
{
    public string Name => "CertificateSigning";

    public async ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (attributes.Operation == AdmissionOperation.Update
            && attributes.Is("certificates.k8s.io", "certificatesigningrequests", "status")
            && attributes is { OldObject: CertificateSigningRequest old, Object: CertificateSigningRequest next }
            && (old.Status.Certificate != next.Status.Certificate || Failures(old) != Failures(next))
            && !await SignerRights.HasAsync(authorizer, attributes, "sign", old.Spec.SignerName, cancel))
        {
            throw attributes.Forbidden(
                $"user not permitted to sign requests with signerName {FieldError.Quote(old.Spec.SignerName)}");
        }
    }

    private static ValueList<CertificateSigningRequestCondition> Failures(CertificateSigningRequest request) =>
        request.Status.Conditions.Where(static condition => condition.Type == RequestConditionType.Failed)
            .ToValueList();
}
