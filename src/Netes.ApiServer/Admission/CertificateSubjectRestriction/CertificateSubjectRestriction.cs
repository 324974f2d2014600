using Netes.Api.Certificates;

namespace Netes.ApiServer.Admission;

/// <summary>
/// A request is its sender's: who asks is written by the server, and nobody asks for <c>system:masters</c>.
/// Source: plugin/pkg/admission/certificates/subjectrestriction; pkg/registry/certificates/certificates/strategy.go.
/// </summary>
internal sealed class CertificateSubjectRestriction : IMutatingAdmissionPlugin, IValidatingAdmissionPlugin
{
    private const string ClientSigner = "kubernetes.io/kube-apiserver-client";

    public string Name => "CertificateSubjectRestriction";

    public ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel) =>
        new(IsCreate(attributes) && attributes.Object is CertificateSigningRequest request
            ? request with
            {
                Spec = request.Spec with
                {
                    Username = attributes.User.Name,
                    Uid = attributes.User.Uid,
                    Groups = attributes.User.Groups,
                    Extra = attributes.User.Extra,
                },
                Status = CertificateSigningRequestStatus.Empty,
            }
            : attributes.Object);

    public ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (IsCreate(attributes)
            && attributes.Object is CertificateSigningRequest { Spec.SignerName: ClientSigner } request
            && CertificateRequestText.TryParse(request.Spec.Request, out var asked, out _)
            && asked.Organizations.AsSpan().Contains("system:masters"))
        {
            throw attributes.Forbidden($"use of {ClientSigner} signer with system:masters group is not allowed");
        }

        return ValueTask.CompletedTask;
    }

    private static bool IsCreate(AdmissionAttributes attributes) =>
        attributes.Is("certificates.k8s.io", "certificatesigningrequests")
        && attributes.Operation == AdmissionOperation.Create;
}
