using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Holds pods back until their gates are gone. Source: plugins/schedulinggates/scheduling_gates.go.</summary>
internal sealed class SchedulingGates : IPreEnqueuePlugin
{
    public string Name => "SchedulingGates";

    // Only an update of the pod itself helps.
    public ClusterEvents WakingEvents => ClusterEvents.None;

    public PluginStatus? PreEnqueue(Pod pod) => pod.Spec.SchedulingGates.IsEmpty
        ? null
        : PluginStatus.Unresolvable(
            $"waiting for scheduling gates: [{string.Join(' ', pod.Spec.SchedulingGates.Select(gate => gate.Name))}]");
}
