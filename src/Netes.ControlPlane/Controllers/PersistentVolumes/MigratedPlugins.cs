using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// Volume plugins that were part of Kubernetes once, and the CSI drivers that do their work now.
/// Source: staging csi-translation-lib/plugins.
/// </summary>
internal static class MigratedPlugins
{
    private static readonly Dictionary<string, string> _drivers = new(StringComparer.Ordinal)
    {
        ["kubernetes.io/aws-ebs"] = "ebs.csi.aws.com",
        ["kubernetes.io/azure-disk"] = "disk.csi.azure.com",
        ["kubernetes.io/azure-file"] = "file.csi.azure.com",
        ["kubernetes.io/cinder"] = "cinder.csi.openstack.org",
        ["kubernetes.io/gce-pd"] = "pd.csi.storage.gke.io",
        ["kubernetes.io/portworx-volume"] = "pxd.portworx.com",
        ["kubernetes.io/vsphere-volume"] = "csi.vsphere.vmware.com",
    };

    /// <summary>The CSI driver of a plugin; null when there is none.</summary>
    public static string? DriverOf(string plugin) => _drivers.GetValueOrDefault(plugin);

    /// <summary>
    /// The annotations of a claim or volume as they should be, the same map when they are: they tell the driver that
    /// serves an old plugin, and nothing where there is none.
    /// Source: pv_controller_base.go, updateMigrationAnnotations.
    /// </summary>
    /// <param name="annotations">Those that are there.</param>
    /// <param name="provisioner">Who made it, or is asked to; null: nobody is named, and nothing changes.</param>
    public static ValueMap<string> Annotated(ValueMap<string> annotations, string? provisioner)
    {
        var known = annotations.Get(VolumeFacts.MigratedTo);
        return provisioner is null ? annotations
            : DriverOf(provisioner) is { } driver
                ? known == driver ? annotations : annotations.Set(VolumeFacts.MigratedTo, driver)
            : string.IsNullOrEmpty(known) ? annotations
            : annotations.Remove(VolumeFacts.MigratedTo);
    }

    /// <summary>The old plugin that a volume names; null when it names none.</summary>
    public static string? PluginOf(PersistentVolumeSource source) => source switch
    {
        { AWSElasticBlockStore: not null } => "kubernetes.io/aws-ebs",
        { AzureDisk: not null } => "kubernetes.io/azure-disk",
        { AzureFile: not null } => "kubernetes.io/azure-file",
        { Cinder: not null } => "kubernetes.io/cinder",
        { GCEPersistentDisk: not null } => "kubernetes.io/gce-pd",
        { PortworxVolume: not null } => "kubernetes.io/portworx-volume",
        { VsphereVolume: not null } => "kubernetes.io/vsphere-volume",
        _ => null,
    };
}
