using System.Diagnostics;

namespace Netes.Simulation.Engine;

/// <summary>
/// The same order of work every time needs a thread pool of one thread. The runtime takes that number from the
/// environment only, at its start: simulations run in a process that was started with it.
/// </summary>
internal static class SingleThread
{
    // Both are read in hexadecimal. Source: docs.microsoft.com runtime configuration, threading.
    private static readonly (string Name, string Value)[] Settings =
    [
        ("DOTNET_ThreadPool_ForceMinWorkerThreads", "1"),
        ("DOTNET_ThreadPool_ForceMaxWorkerThreads", "1"),
        ("DOTNET_gcServer", "0"),

        // A run is over before a profile of it would pay.
        ("DOTNET_TieredPGO", "0"),

        // 64 MiB until the first generation is collected: what a life leaves behind is short-lived.
        ("DOTNET_GCgen0size", "4000000"),
    ];

    public static bool IsHere
    {
        get
        {
            ThreadPool.GetMaxThreads(out var workers, out _);
            return workers == 1;
        }
    }

    /// <summary>This program again, with one thread in its pool and these arguments.</summary>
    public static ProcessStartInfo Process(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
