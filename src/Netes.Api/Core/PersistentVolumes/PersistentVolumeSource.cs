using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PersistentVolumeSource")]
public sealed partial record PersistentVolumeSource
{
    [Field(1, "gcePersistentDisk", OmitEmpty = true)]
    public partial GCEPersistentDiskVolumeSource? GCEPersistentDisk { get; init; }

    [Field(2, "awsElasticBlockStore", OmitEmpty = true)]
    public partial AWSElasticBlockStoreVolumeSource? AWSElasticBlockStore { get; init; }

    [Field(3, "hostPath", OmitEmpty = true)]
    public partial HostPathVolumeSource? HostPath { get; init; }

    [Field(4, "glusterfs", OmitEmpty = true)]
    public partial GlusterfsPersistentVolumeSource? Glusterfs { get; init; }

    [Field(5, "nfs", OmitEmpty = true)]
    public partial NFSVolumeSource? NFS { get; init; }

    [Field(6, "rbd", OmitEmpty = true)]
    public partial RBDPersistentVolumeSource? RBD { get; init; }

    [Field(7, "iscsi", OmitEmpty = true)]
    public partial ISCSIPersistentVolumeSource? ISCSI { get; init; }

    [Field(8, "cinder", OmitEmpty = true)]
    public partial CinderPersistentVolumeSource? Cinder { get; init; }

    [Field(9, "cephfs", OmitEmpty = true)]
    public partial CephFSPersistentVolumeSource? CephFS { get; init; }

    [Field(10, "fc", OmitEmpty = true)]
    public partial FCVolumeSource? FC { get; init; }

    [Field(11, "flocker", OmitEmpty = true)]
    public partial FlockerVolumeSource? Flocker { get; init; }

    [Field(12, "flexVolume", OmitEmpty = true)]
    public partial FlexPersistentVolumeSource? FlexVolume { get; init; }

    [Field(13, "azureFile", OmitEmpty = true)]
    public partial AzureFilePersistentVolumeSource? AzureFile { get; init; }

    [Field(14, "vsphereVolume", OmitEmpty = true)]
    public partial VsphereVirtualDiskVolumeSource? VsphereVolume { get; init; }

    [Field(15, "quobyte", OmitEmpty = true)]
    public partial QuobyteVolumeSource? Quobyte { get; init; }

    [Field(16, "azureDisk", OmitEmpty = true)]
    public partial AzureDiskVolumeSource? AzureDisk { get; init; }

    [Field(17, "photonPersistentDisk", OmitEmpty = true)]
    public partial PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; init; }

    [Field(18, "portworxVolume", OmitEmpty = true)]
    public partial PortworxVolumeSource? PortworxVolume { get; init; }

    [Field(19, "scaleIO", OmitEmpty = true)]
    public partial ScaleIOPersistentVolumeSource? ScaleIO { get; init; }

    [Field(20, "local", OmitEmpty = true)]
    public partial LocalVolumeSource? Local { get; init; }

    [Field(21, "storageos", OmitEmpty = true)]
    public partial StorageOSPersistentVolumeSource? StorageOS { get; init; }

    [Field(22, "csi", OmitEmpty = true)]
    public partial CSIPersistentVolumeSource? CSI { get; init; }
}
