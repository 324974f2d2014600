using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ScaleIOPersistentVolumeSource")]
public sealed partial record ScaleIOPersistentVolumeSource
{
    [Field(1, "gateway", Required = true)]
    public partial string Gateway { get; init; }

    [Field(2, "system", Required = true)]
    public partial string System { get; init; }

    [Field(3, "secretRef", Required = true)]
    public partial SecretReference? SecretRef { get; init; }

    [Field(4, "sslEnabled", OmitEmpty = true)]
    public partial bool SSLEnabled { get; init; }

    [Field(5, "protectionDomain", OmitEmpty = true)]
    public partial string ProtectionDomain { get; init; }

    [Field(6, "storagePool", OmitEmpty = true)]
    public partial string StoragePool { get; init; }

    [Field(7, "storageMode", OmitEmpty = true, Default = "\"ThinProvisioned\"")]
    public partial string StorageMode { get; init; }

    [Field(8, "volumeName", OmitEmpty = true)]
    public partial string VolumeName { get; init; }

    [Field(9, "fsType", OmitEmpty = true, Default = "\"xfs\"")]
    public partial string FSType { get; init; }

    [Field(10, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }
}
