using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.EmptyDirVolumeSource")]
public sealed partial record EmptyDirVolumeSource
{
    [Field(1, "medium", OmitEmpty = true, EnumOf = typeof(StorageMedium))]
    public partial string Medium { get; init; }

    [Field(2, "sizeLimit", OmitEmpty = true)]
    public partial Quantity? SizeLimit { get; init; }
}
