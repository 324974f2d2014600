using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.VolumeProjection")]
public sealed partial record VolumeProjection
{
    [Field(1, "secret", OmitEmpty = true)]
    public partial SecretProjection? Secret { get; init; }

    [Field(2, "downwardAPI", OmitEmpty = true)]
    public partial DownwardAPIProjection? DownwardAPI { get; init; }

    [Field(3, "configMap", OmitEmpty = true)]
    public partial ConfigMapProjection? ConfigMap { get; init; }

    [Field(4, "serviceAccountToken", OmitEmpty = true)]
    public partial ServiceAccountTokenProjection? ServiceAccountToken { get; init; }

    [Field(5, "clusterTrustBundle", OmitEmpty = true)]
    public partial ClusterTrustBundleProjection? ClusterTrustBundle { get; init; }

    [Field(6, "podCertificate", OmitEmpty = true)]
    public partial PodCertificateProjection? PodCertificate { get; init; }
}
