namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// How long the extension points take. Source: framework/runtime/framework.go, FrameworkExtensionPointDuration.
/// </summary>
internal sealed partial class SchedulerFramework
{
    /// <summary>The beginning of an extension point; where nothing is measured the clock is not looked at.</summary>
    public long Start() => _context.Measured is null ? 0 : _context.Time.GetTimestamp();

    /// <summary>Its end. Passes the status on.</summary>
    public PluginStatus? Ran(string point, PluginStatus? status, long started)
    {
        if (_context.Measured is var (metrics, profile))
        {
            metrics.Ran(point, status, profile, _context.Time.GetElapsedTime(started));
        }

        return status;
    }
}
