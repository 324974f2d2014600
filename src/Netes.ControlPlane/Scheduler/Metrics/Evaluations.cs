namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// How often the plugins of one extension point were asked. One thread counts, without looking up anything; any may
/// read. Source: framework/runtime/instrumented_plugins.go.
/// </summary>
internal sealed class Evaluations(ExtensionPoint point, string profile, IEnumerable<ISchedulerPlugin> plugins)
{
    private readonly string[] _names = [.. plugins.Select(static plugin => plugin.Name)];
    private readonly long[] _counts = new long[plugins.Count()];

    public string Point { get; } = point.ToString();

    public string Profile => profile;

    /// <param name="plugin">Its place among the plugins.</param>
    /// <param name="times">How many nodes it was asked about.</param>
    public void Add(int plugin, long times = 1) => _counts[plugin] += times;

    /// <summary>Those that were asked at all.</summary>
    public IEnumerable<(string Plugin, long Count)> Read()
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (Volatile.Read(ref _counts[i]) is > 0 and var count)
            {
                yield return (_names[i], count);
            }
        }
    }
}
