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

    /// <summary>Of a permit plugin: the pod waits before it is bound.</summary>
    Wait,
}

/// <summary>
/// Why not, in Kubernetes' words. No status (null) is success. Shared instances: compare, never change.
/// </summary>
public sealed record PluginStatus(PluginCode Code, ValueList<string> Reasons)
{
    public static PluginStatus Skipped { get; } = new(PluginCode.Skip, []);

    public static PluginStatus Waiting { get; } = new(PluginCode.Wait, []);

    /// <summary>The plugin that said so.</summary>
    public string Plugin { get; init; } = "";

    /// <summary>The pod does not fit, now or here; else something broke. Source: Status.IsRejected.</summary>
    public bool IsRejected =>
        Code is PluginCode.Unschedulable or PluginCode.UnschedulableAndUnresolvable or PluginCode.Pending;

    public string Message => string.Join(", ", Reasons);

    public static PluginStatus Unschedulable(params ReadOnlySpan<string> reasons) =>
        new(PluginCode.Unschedulable, new([.. reasons]));

    public static PluginStatus Unresolvable(params ReadOnlySpan<string> reasons) =>
        new(PluginCode.UnschedulableAndUnresolvable, new([.. reasons]));

    public static PluginStatus Failed(string reason) => new(PluginCode.Error, [reason]);

    public static PluginStatus Pending(params ReadOnlySpan<string> reasons) =>
        new(PluginCode.Pending, new([.. reasons]));
}
