namespace Netes.ControlPlane.Scheduling;

/// <summary>Every scheduler plugin, in the order in which they run. One is added here and nowhere else.</summary>
internal static class Plugins
{
    /// <summary>Source: pkg/scheduler/apis/config/v1/default_plugins.go.</summary>
    public static IReadOnlyList<PluginEntry> All { get; } =
    [
        new("SchedulingGates", _ => new SchedulingGates()),
        new("PrioritySort", _ => new PrioritySort()),
        new("NodeUnschedulable", _ => new NodeUnschedulable()),
        new("NodeName", _ => new NodeName()),
        new("TaintToleration", _ => new TaintToleration(), Weight: 3),
        new("NodeAffinity", context => new NodeAffinity(context), Weight: 2),
        new("NodePorts", _ => new NodePorts()),
        new("NodeResourcesFit", context => new NodeResourcesFit(context), Weight: 1),
        new("VolumeRestrictions", context => new VolumeRestrictions(context)),
        new("NodeVolumeLimits", context => new NodeVolumeLimits(context)),
        new("VolumeBinding", context => new VolumeBinding(context)),
        new("VolumeZone", context => new VolumeZone(context)),
        new("PodTopologySpread", context => new PodTopologySpread(context), Weight: 2),
        new("InterPodAffinity", context => new InterPodAffinity(context), Weight: 2),
        new("DynamicResources", context => new DynamicResources(context), Weight: 1),
        new("DefaultPreemption", context => new DefaultPreemption(context)),
        new("NodeResourcesBalancedAllocation", context => new NodeResourcesBalancedAllocation(context), Weight: 1),
        new("ImageLocality", context => new ImageLocality(context.Snapshot), Weight: 1),
        new("DefaultBinder", context => new DefaultBinder(context.Client)),
        new("NodeDeclaredFeatures", _ => new NodeDeclaredFeatures()),
    ];
}

/// <param name="Name">As configuration files name it.</param>
/// <param name="Create">Makes the plugin.</param>
/// <param name="Weight">How much its score counts.</param>
internal sealed record PluginEntry(string Name, Func<PluginContext, ISchedulerPlugin> Create, int Weight = 0);
