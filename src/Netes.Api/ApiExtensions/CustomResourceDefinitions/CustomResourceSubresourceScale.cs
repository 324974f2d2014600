using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale")]
public sealed partial record CustomResourceSubresourceScale
{
    [Field(1, "specReplicasPath", Required = true)]
    public partial string SpecReplicasPath { get; init; }

    [Field(2, "statusReplicasPath", Required = true)]
    public partial string StatusReplicasPath { get; init; }

    [Field(3, "labelSelectorPath", OmitEmpty = true)]
    public partial string? LabelSelectorPath { get; init; }
}
