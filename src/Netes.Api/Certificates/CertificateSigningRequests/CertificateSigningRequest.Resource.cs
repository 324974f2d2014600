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
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = CertificateSigningRequestColumns.All,
    };
}
