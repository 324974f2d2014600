using Netes.Api;
using Netes.Api.Certificates;
using Netes.ApiServer.Authorization;

namespace Netes.ApiServer.Admission;

/// <summary>
/// Approving takes the verb <c>approve</c> on the signer. Source:
/// plugin/pkg/admission/certificates/approval/admission.go.
/// </summary>
internal sealed class CertificateApproval(IAuthorizer authorizer) : IValidatingAdmissionPlugin
{
    public string Name => "CertificateApproval";

    public async ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (attributes.Operation == AdmissionOperation.Update
            && attributes.Is("certificates.k8s.io", "certificatesigningrequests", "approval")
            && attributes.OldObject is CertificateSigningRequest request
            && !await SignerRights.HasAsync(authorizer, attributes, "approve", request.Spec.SignerName, cancel))
        {
            throw attributes.Forbidden(
                $"user not permitted to approve requests with signerName {FieldError.Quote(request.Spec.SignerName)}");
        }
    }
}

/// <summary>Rights on signers. Source: plugin/pkg/admission/certificates/util.go, IsAuthorizedForSignerName.</summary>
internal static class SignerRights
{
    /// <summary>On the signer by name, or on all of its domain: <c>example.com/*</c>.</summary>
    public static async ValueTask<bool> HasAsync(
        IAuthorizer authorizer, AdmissionAttributes attributes, string verb, string signerName,
            CancellationToken cancel)
    {
        var slash = signerName.IndexOf('/');
        string[] names = slash < 0 ? [signerName] : [signerName, $"{signerName[..slash]}/*"];
        foreach (var name in names)
        {
            var decision = await authorizer.AuthorizeAsync(
                new AuthorizationAttributes
                {
                    User = attributes.User,
                    Verb = verb,
                    Group = "certificates.k8s.io",
                    Version = "*",
                    Resource = "signers",
                    Name = name,
                },
                cancel);
            if (decision.IsAllowed)
            {
                return true;
            }
        }

        return false;
    }
}
