using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ISCSIPersistentVolumeSource")]
public sealed partial record ISCSIPersistentVolumeSource
{
    [Field(1, "targetPortal", Required = true)]
    public partial string TargetPortal { get; init; }

    [Field(2, "iqn", Required = true)]
    public partial string IQN { get; init; }

    [Field(3, "lun", Required = true)]
    public partial int Lun { get; init; }

    [Field(4, "iscsiInterface", OmitEmpty = true, Default = "\"default\"")]
    public partial string ISCSIInterface { get; init; }

    [Field(5, "fsType", OmitEmpty = true)]
    public partial string FSType { get; init; }

    [Field(6, "readOnly", OmitEmpty = true)]
    public partial bool ReadOnly { get; init; }

    [Field(7, "portals", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Portals { get; init; }

    [Field(8, "chapAuthDiscovery", OmitEmpty = true)]
    public partial bool DiscoveryCHAPAuth { get; init; }

    [Field(11, "chapAuthSession", OmitEmpty = true)]
    public partial bool SessionCHAPAuth { get; init; }

    [Field(10, "secretRef", OmitEmpty = true)]
    public partial SecretReference? SecretRef { get; init; }

    [Field(12, "initiatorName", OmitEmpty = true)]
    public partial string? InitiatorName { get; init; }
}
