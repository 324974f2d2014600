namespace Netes.ControlPlane.Scheduling;

/// <summary>What the scheduler is told.</summary>
public sealed record SchedulerOptions
{
    public static SchedulerOptions Default { get; } = new();

    /// <summary>Pods with this <c>spec.schedulerName</c> are ours.</summary>
    public string Name { get; init; } = "default-scheduler";

    /// <summary>Bindings under way at a time.</summary>
    public int MaxBindings { get; init; } = 64;
}
