using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodCertificateProjection")]
public sealed partial record PodCertificateProjection
{
    [Field(1, "signerName", OmitEmpty = true, Required = true)]
    public partial string SignerName { get; init; }

    [Field(2, "keyType", OmitEmpty = true, Required = true)]
    public partial string KeyType { get; init; }

    [Field(3, "maxExpirationSeconds", OmitEmpty = true)]
    public partial int? MaxExpirationSeconds { get; init; }

    [Field(4, "credentialBundlePath", OmitEmpty = true)]
    public partial string CredentialBundlePath { get; init; }

    [Field(5, "keyPath", OmitEmpty = true)]
    public partial string KeyPath { get; init; }

    [Field(6, "certificateChainPath", OmitEmpty = true)]
    public partial string CertificateChainPath { get; init; }

    [Field(7, "userAnnotations", OmitEmpty = true)]
    public partial ValueMap<string> UserAnnotations { get; init; }
}
