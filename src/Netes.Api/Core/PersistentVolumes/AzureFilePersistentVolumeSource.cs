using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.AzureFilePersistentVolumeSource")]
public sealed partial record AzureFilePersistentVolumeSource
{
    [Field(1, "secretName", Required = true)]
    public partial string SecretName { get; init; }

    [Field(2, "shareName", Required = true)]
    public partial string ShareName { get; init; }

    [Field(3, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }

    [Field(4, "secretNamespace")]
    public partial string? SecretNamespace { get; init; }
}
