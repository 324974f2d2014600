using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ClusterTrustBundleProjection")]
public sealed partial record ClusterTrustBundleProjection
{
    [Field(1, "name", OmitEmpty = true)]
    public partial string? Name { get; init; }

    [Field(2, "signerName", OmitEmpty = true)]
    public partial string? SignerName { get; init; }

    [Field(3, "labelSelector", OmitEmpty = true)]
    public partial LabelSelector? LabelSelector { get; init; }

    [Field(5, "optional", OmitEmpty = true)]
    public partial bool? Optional { get; init; }

    [Field(4, "path", Required = true)]
    public partial string Path { get; init; }
}
