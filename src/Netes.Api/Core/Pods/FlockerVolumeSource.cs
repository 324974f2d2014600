using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.FlockerVolumeSource")]
public sealed partial record FlockerVolumeSource
{
    [Field(1, "datasetName", OmitEmpty = true)]
    public partial string DatasetName { get; init; }

    [Field(2, "datasetUUID", OmitEmpty = true)]
    public partial string DatasetUUID { get; init; }
}
