namespace Netes.Api.Certificates;

public sealed partial record CertificateSigningRequest : IResource<CertificateSigningRequest>
{
    public static ResourceDefinition<CertificateSigningRequest> Resource { get; } = new()
    {
        Group = "certificates.k8s.io",
        Version = "v1",
        Kind = "CertificateSigningRequest",
        Plural = "certificatesigningrequests",
        Singular = "certificatesigningrequest",
        ShortNames = ["csr"],
        Namespaced = false,
        Subresources = ["approval"],
        CopyStatus = static (target, source) => target with { Status = source.Status },
        Columns = CertificateSigningRequestColumns.All,
        PrepareCreate = CertificateSigningRequestRules.PrepareCreate,
        PrepareUpdate = CertificateSigningRequestRules.PrepareUpdate,
        Validate = CertificateSigningRequestRules.Validate,
        ValidateUpdate = CertificateSigningRequestRules.ValidateUpdate,
        PrepareStatusUpdate = CertificateSigningRequestRules.PrepareStatusUpdate,
        ValidateStatusUpdate = CertificateSigningRequestRules.ValidateStatusUpdate,
        Fields = CertificateSigningRequestRules.Fields,
    };
}
