namespace Netes.ControlPlane.Scheduling;

/// <summary>Every scheduler plugin, in the order in which they run. One is added here and nowhere else.</summary>
internal static class Plugins
{
    /// <summary>Source: pkg/scheduler/apis/config/v1/default_plugins.go.</summary>
    public static IReadOnlyList<PluginEntry> All { get; } =
    [
        new(_ => new SchedulingGates()),
        new(_ => new PrioritySort()),
        new(_ => new NodeUnschedulable()),
        new(_ => new NodeName()),
        new(_ => new TaintToleration(), Weight: 3),
        new(_ => new NodeAffinity(), Weight: 2),
        new(_ => new NodePorts()),
        new(_ => new NodeResourcesFit(), Weight: 1),
        new(_ => new DynamicResources()),
        new(context => new DefaultPreemption(context)),
        new(_ => new NodeResourcesBalancedAllocation(), Weight: 1),
        new(_ => new ImageLocality(), Weight: 1),
        new(context => new DefaultBinder(context.Client)),
    ];
}

/// <param name="Create">Makes the plugin.</param>
/// <param name="Weight">How much its score counts.</param>
internal sealed record PluginEntry(Func<PluginContext, ISchedulerPlugin> Create, int Weight = 0);
