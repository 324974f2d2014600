using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Api.Telemetry;

namespace Netes.ControlPlane;

/// <summary>
/// What is measured of attachments. Source: pkg/controller/volume/attachdetach/metrics/metrics.go.
/// </summary>
internal sealed class AttachmentMetrics
{
    public const string Timeout = "timeout";
    public const string OutOfService = "out-of-service";

    private readonly CounterFamily? _forced;

    /// <param name="registry">Null: nothing is measured.</param>
    /// <param name="used">For each pod on a node and each volume of it: the node, the volume.</param>
    /// <param name="wanted">The volumes that are to be attached, one for each node.</param>
    /// <param name="attached">The volumes that are, or are being, attached; null: one that is not known.</param>
    public AttachmentMetrics(
        MetricRegistry? registry, Func<IEnumerable<(string Node, PersistentVolume Volume)>> used,
        Func<IEnumerable<PersistentVolume>> wanted, Func<IEnumerable<VolumeAttachment>> attached)
    {
        _forced = registry?.Counter(
            "attach_detach_controller_attachdetach_controller_forced_detaches",
            "[ALPHA] Volumes that were detached though their nodes may use them.", "reason");
        _forced?.With(new LabelValues(Timeout));
        _forced?.With(new LabelValues(OutOfService));
        registry?.Read(
            "storage_count_attachable_volumes_in_use", "[ALPHA] Volumes in use, by node and plugin.",
            () => Count(used().Select(static pair => new LabelValues(pair.Node, PluginOf(DriverOf(pair.Volume))))),
            "node", "volume_plugin");
        registry?.Read(
            "attachdetach_controller_total_volumes", "[ALPHA] Volumes that are to be attached, and that are.",
            () => Count(
                wanted().Select(static volume => new LabelValues(PluginOf(DriverOf(volume)), "desired_state_of_world"))
                    .Concat(attached().Select(
                        static item => new LabelValues(PluginOf(item.Spec.Attacher), "actual_state_of_world")))),
            "plugin_name", "state");
    }

    public void Forced(string reason) => _forced?.With(new LabelValues(reason)).Add();

    private static string DriverOf(PersistentVolume volume) => volume.Spec.PersistentVolumeSource.CSI!.Driver;

    private static string PluginOf(string driver) => $"kubernetes.io/csi:{driver}";

    private static IEnumerable<(LabelValues Labels, double Value)> Count(IEnumerable<LabelValues> found) =>
        [.. found.CountBy(static labels => labels).Select(static pair => (pair.Key, (double)pair.Value))];
}
