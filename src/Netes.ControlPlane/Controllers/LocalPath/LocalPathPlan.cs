using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// What volume a claim gets. Source: github.com/rancher/local-path-provisioner, provisioner.go (Provision).
/// </summary>
internal static class LocalPathPlan
{
    /// <summary>Where a node keeps the folders unless the class says otherwise.</summary>
    public const string DefaultFolder = "/var/local-path-provisioner";

    /// <summary>The class's parameter for another folder.</summary>
    public const string FolderParameter = "nodePath";

    private const string Hostname = "kubernetes.io/hostname";

    /// <summary>The uid makes the name: a second try finds the volume of the first.</summary>
    public static string NameFor(PersistentVolumeClaim claim) => $"pvc-{claim.Metadata.Uid}";

    /// <summary>Why no volume can be made; empty when it can.</summary>
    public static string WhyNot(PersistentVolumeClaim claim, StorageClass of, Node? node)
    {
        if (claim.Spec.Selector is not null)
        {
            return "claim.Spec.Selector is not supported";
        }

        if (claim.Spec.VolumeMode == PersistentVolumeMode.Block)
        {
            return $"{LocalPathVolumes.Provisioner} does not support block volume provisioning";
        }

        if (claim.Spec.DataSource is not null || claim.Spec.DataSourceRef is not null)
        {
            return $"{LocalPathVolumes.Provisioner} does not support data sources";
        }

        if (!string.IsNullOrEmpty(claim.Spec.VolumeAttributesClassName))
        {
            return $"{LocalPathVolumes.Provisioner} does not support volume attributes classes";
        }

        foreach (var mode in claim.Spec.AccessModes)
        {
            if (mode is not (PersistentVolumeAccessMode.ReadWriteOnce or PersistentVolumeAccessMode.ReadWriteOncePod))
            {
                return "NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes";
            }
        }

        if (!FolderOf(of).StartsWith('/') || FolderOf(of).Split('/').Contains(".."))
        {
            return $"parameter {FolderParameter} must be an absolute path";
        }

        return node is null ? "configuration error, no node was specified"
            : !node.Metadata.Labels.ContainsKey(Hostname) ? $"node \"{node.Metadata.Name}\" has no label {Hostname}"
            : "";
    }

    public static PersistentVolume VolumeFor(PersistentVolumeClaim claim, StorageClass of, Node node)
    {
        var name = NameFor(claim);
        return new()
        {
            Metadata = new()
            {
                Name = name,
                Annotations = ValueMap.Of((LocalPathVolumes.ProvisionedBy, LocalPathVolumes.Provisioner)),
                Labels = ValueMap.Of((LocalPathVolumes.NodeLabel, node.Metadata.Name)),
                Finalizers = [LocalPathVolumes.Finalizer],
            },
            Spec = new()
            {
                AccessModes = claim.Spec.AccessModes,
                Capacity = ValueMap.Of((ResourceName.Storage, VolumeFacts.Request(claim))),
                ClaimRef = ObjectReferences.To(claim),
                StorageClassName = of.Metadata.Name,
                MountOptions = of.MountOptions,
                VolumeMode = PersistentVolumeMode.Filesystem,
                PersistentVolumeReclaimPolicy = of.ReclaimPolicy ?? PersistentVolumeReclaimPolicy.Delete,
                PersistentVolumeSource = new()
                {
                    Local = new()
                    {
                        Path = $"{FolderOf(of).TrimEnd('/')}/{name}_{claim.Metadata.Namespace}_{claim.Metadata.Name}",
                    },
                },
                NodeAffinity = new()
                {
                    Required = new()
                    {
                        NodeSelectorTerms =
                        [
                            new()
                            {
                                MatchExpressions =
                                [
                                    new()
                                    {
                                        Key = Hostname,
                                        Operator = NodeSelectorOperator.In,
                                        Values = [node.Metadata.Labels.Get(Hostname) ?? ""],
                                    },
                                ],
                            },
                        ],
                    },
                },
            },
        };
    }

    private static string FolderOf(StorageClass of) => of.Parameters.Get(FolderParameter) ?? DefaultFolder;
}
