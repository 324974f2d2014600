using Netes.Api.Core;
using Netes.Api.Telemetry;

namespace Netes.ControlPlane;

/// <summary>
/// What is counted of volumes and claims. Source: pkg/controller/volume/persistentvolume/metrics/metrics.go.
/// </summary>
internal sealed class VolumeMetrics
{
    private const string Unknown = "N/A";

    private readonly Counter? _assigned;
    private readonly Counter? _notAssigned;
    private readonly CounterFamily? _errors;

    /// <param name="registry">Null: nothing is counted.</param>
    /// <param name="caches">What is there.</param>
    public VolumeMetrics(MetricRegistry? registry, VolumeCaches caches)
    {
        _assigned = registry?.Counter(
            "retroactive_storageclass_total", "[ALPHA] Claims that were to get the default class later on.")
            .With(default);
        _notAssigned = registry?.Counter(
            "retroactive_storageclass_errors_total",
            "[ALPHA] Claims that could not be given the default class later.").With(default);
        _errors = registry?.Counter(
            "volume_operation_total_errors", "[ALPHA] Operations on volumes that failed.",
            "plugin_name", "operation_name");
        OfVolumes("bound", "[ALPHA] Volumes that are bound.", isBound: true);
        OfVolumes("unbound", "[ALPHA] Volumes that are not bound.", isBound: false);
        OfClaims("bound", "[ALPHA] Claims that are bound.", isBound: true);
        OfClaims("unbound", "[ALPHA] Claims that are not bound.", isBound: false);
        registry?.Read(
            "pv_collector_total_pv_count", "[ALPHA] Volumes, by plugin and mode.",
            () => Count(caches.Volumes.List().Select(static volume => new LabelValues(
                PluginOf(volume.Spec.PersistentVolumeSource),
                volume.Spec.VolumeMode ?? PersistentVolumeMode.Filesystem))),
            "plugin_name", "volume_mode");

        void OfVolumes(string name, string help, bool isBound) => registry?.Read(
            $"pv_collector_{name}_pv_count", help,
            () => Count(caches.Volumes.List()
                .Where(volume => (volume.Status.Phase == PersistentVolumePhase.Bound) == isBound)
                .Select(static volume => new LabelValues(volume.Spec.StorageClassName))),
            "storage_class");

        void OfClaims(string name, string help, bool isBound) => registry?.Read(
            $"pv_collector_{name}_pvc_count", help,
            () => Count(caches.Claims.List()
                .Where(claim => (claim.Status.Phase == PersistentVolumeClaimPhase.Bound) == isBound)
                .Select(static claim => new LabelValues(
                    claim.Metadata.Namespace, claim.Spec.StorageClassName ?? "",
                    claim.Spec.VolumeAttributesClassName ?? ""))),
            "namespace", "storage_class", "volume_attributes_class");
    }

    /// <summary>Every try counts; those that failed count here as well.</summary>
    public void Assigned(bool succeeded)
    {
        _assigned?.Add();
        if (!succeeded)
        {
            _notAssigned?.Add();
        }
    }

    /// <param name="operation">provision or delete.</param>
    /// <param name="plugin">Whose it was to be; empty: nobody's that is known.</param>
    public void Failed(string operation, string plugin) =>
        _errors?.With(new LabelValues(plugin.Length == 0 ? Unknown : plugin, operation)).Add();

    private static string PluginOf(PersistentVolumeSource source) => source switch
    {
        { CSI: { } csi } => $"kubernetes.io/csi:{csi.Driver}",
        { HostPath: not null } => "kubernetes.io/host-path",
        { Local: not null } => "kubernetes.io/local-volume",
        { NFS: not null } => "kubernetes.io/nfs",
        _ => Unknown,
    };

    private static IEnumerable<(LabelValues Labels, double Value)> Count(IEnumerable<LabelValues> found) =>
        [.. found.CountBy(static labels => labels).Select(static pair => (pair.Key, (double)pair.Value))];
}
