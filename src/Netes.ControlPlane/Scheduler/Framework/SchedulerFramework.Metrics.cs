namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// How long the extension points take. Source: framework/runtime/framework.go, FrameworkExtensionPointDuration.
/// </summary>
internal sealed partial class SchedulerFramework
{
    /// <summary>What plugins remember in the cycle that begins.</summary>
    public CycleState NewCycle() => new() { Measured = _context.Measured?.Sample() };

    /// <summary>The beginning of an extension point; where nothing is measured the clock is not looked at.</summary>
    public long Start() => _context.Measured?.Now() ?? 0;

    /// <summary>Its end. Passes the status on.</summary>
    public PluginStatus? Ran(ExtensionPoint point, PluginStatus? status, long started)
    {
        _context.Measured?.Ran(point, status, started);
        return status;
    }
}
