using Netes.Api;

namespace Netes.ControlPlane.Scheduling;

/// <summary>What a plugin says. Source: pkg/scheduler/framework/interface.go, Code.</summary>
public enum PluginCode
{
    /// <summary>Something broke; the pod is tried again later.</summary>
    Error,

    /// <summary>The pod does not fit, but would if other pods went.</summary>
    Unschedulable,

    /// <summary>The pod does not fit, and no preemption helps.</summary>
    UnschedulableAndUnresolvable,

    /// <summary>The plugin has nothing to say about this pod: its later steps are left out.</summary>
    Skip,

    /// <summary>The pod waits for something outside.</summary>
    Pending,
}

/// <summary>
/// Why not, in Kubernetes' words. No status (null) is success. Shared instances: compare, never change.
/// </summary>
public sealed record PluginStatus(PluginCode Code, ValueList<string> Reasons)
{
    public static PluginStatus Skipped { get; } = new(PluginCode.Skip, []);

    /// <summary>The plugin that said so.</summary>
    public string Plugin { get; init; } = "";

    public string Message => string.Join(", ", Reasons);

    public static PluginStatus Unschedulable(params ReadOnlySpan<string> reasons) =>
        new(PluginCode.Unschedulable, new([.. reasons]));

    public static PluginStatus Unresolvable(params ReadOnlySpan<string> reasons) =>
        new(PluginCode.UnschedulableAndUnresolvable, new([.. reasons]));
}
