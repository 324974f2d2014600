using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.RBDPersistentVolumeSource")]
public sealed partial record RBDPersistentVolumeSource
{
    [Field(1, "monitors", Required = true, ListType = "atomic")]
    public partial ValueList<string> CephMonitors { get; init; }

    [Field(2, "image", Required = true)]
    public partial string RBDImage { get; init; }

    [Field(3, "fsType", OmitEmpty = true)]
    public partial string FSType { get; init; }

    [Field(4, "pool", OmitEmpty = true, Default = "\"rbd\"")]
    public partial string RBDPool { get; init; }

    [Field(5, "user", OmitEmpty = true, Default = "\"admin\"")]
    public partial string RadosUser { get; init; }

    [Field(6, "keyring", OmitEmpty = true, Default = "\"/etc/ceph/keyring\"")]
    public partial string Keyring { get; init; }

    [Field(7, "secretRef", OmitEmpty = true)]
    public partial SecretReference? SecretRef { get; init; }

    [Field(8, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }
}
