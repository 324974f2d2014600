using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>What a volume is; one of them.</summary>
[ApiType("io.k8s.api.core.v1.VolumeSource")]
public sealed partial record VolumeSource
{
    /// <summary>A file or directory of the node.</summary>
    [Field(1, "hostPath", OmitEmpty = true)]
    public partial HostPathVolumeSource? HostPath { get; init; }

    /// <summary>An empty directory that lives as long as the pod.</summary>
    [Field(2, "emptyDir", OmitEmpty = true)]
    public partial EmptyDirVolumeSource? EmptyDir { get; init; }

    [Field(3, "gcePersistentDisk", OmitEmpty = true)]
    public partial GCEPersistentDiskVolumeSource? GCEPersistentDisk { get; init; }

    [Field(4, "awsElasticBlockStore", OmitEmpty = true)]
    public partial AWSElasticBlockStoreVolumeSource? AWSElasticBlockStore { get; init; }

    [Field(5, "gitRepo", OmitEmpty = true)]
    public partial GitRepoVolumeSource? GitRepo { get; init; }

    /// <summary>The keys of a secret as files.</summary>
    [Field(6, "secret", OmitEmpty = true)]
    public partial SecretVolumeSource? Secret { get; init; }

    /// <summary>A share of an NFS server.</summary>
    [Field(7, "nfs", OmitEmpty = true)]
    public partial NFSVolumeSource? NFS { get; init; }

    [Field(8, "iscsi", OmitEmpty = true)]
    public partial ISCSIVolumeSource? ISCSI { get; init; }

    [Field(9, "glusterfs", OmitEmpty = true)]
    public partial GlusterfsVolumeSource? Glusterfs { get; init; }

    /// <summary>The volume that a claim is bound to.</summary>
    [Field(10, "persistentVolumeClaim", OmitEmpty = true)]
    public partial PersistentVolumeClaimVolumeSource? PersistentVolumeClaim { get; init; }

    [Field(11, "rbd", OmitEmpty = true)]
    public partial RBDVolumeSource? RBD { get; init; }

    [Field(12, "flexVolume", OmitEmpty = true)]
    public partial FlexVolumeSource? FlexVolume { get; init; }

    [Field(13, "cinder", OmitEmpty = true)]
    public partial CinderVolumeSource? Cinder { get; init; }

    [Field(14, "cephfs", OmitEmpty = true)]
    public partial CephFSVolumeSource? CephFS { get; init; }

    [Field(15, "flocker", OmitEmpty = true)]
    public partial FlockerVolumeSource? Flocker { get; init; }

    /// <summary>Fields of the pod as files.</summary>
    [Field(16, "downwardAPI", OmitEmpty = true)]
    public partial DownwardAPIVolumeSource? DownwardAPI { get; init; }

    [Field(17, "fc", OmitEmpty = true)]
    public partial FCVolumeSource? FC { get; init; }

    [Field(18, "azureFile", OmitEmpty = true)]
    public partial AzureFileVolumeSource? AzureFile { get; init; }

    /// <summary>The keys of a config map as files.</summary>
    [Field(19, "configMap", OmitEmpty = true)]
    public partial ConfigMapVolumeSource? ConfigMap { get; init; }

    [Field(20, "vsphereVolume", OmitEmpty = true)]
    public partial VsphereVirtualDiskVolumeSource? VsphereVolume { get; init; }

    [Field(21, "quobyte", OmitEmpty = true)]
    public partial QuobyteVolumeSource? Quobyte { get; init; }

    [Field(22, "azureDisk", OmitEmpty = true)]
    public partial AzureDiskVolumeSource? AzureDisk { get; init; }

    [Field(23, "photonPersistentDisk", OmitEmpty = true)]
    public partial PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; init; }

    /// <summary>Several sources in one directory.</summary>
    [Field(26, "projected", OmitEmpty = true)]
    public partial ProjectedVolumeSource? Projected { get; init; }

    [Field(24, "portworxVolume", OmitEmpty = true)]
    public partial PortworxVolumeSource? PortworxVolume { get; init; }

    [Field(25, "scaleIO", OmitEmpty = true)]
    public partial ScaleIOVolumeSource? ScaleIO { get; init; }

    [Field(27, "storageos", OmitEmpty = true)]
    public partial StorageOSVolumeSource? StorageOS { get; init; }

    /// <summary>A volume of a CSI driver that lives as long as the pod.</summary>
    [Field(28, "csi", OmitEmpty = true)]
    public partial CSIVolumeSource? CSI { get; init; }

    /// <summary>A claim that lives as long as the pod.</summary>
    [Field(29, "ephemeral", OmitEmpty = true)]
    public partial EphemeralVolumeSource? Ephemeral { get; init; }

    /// <summary>The content of an image.</summary>
    [Field(30, "image", OmitEmpty = true)]
    public partial ImageVolumeSource? Image { get; init; }
}
