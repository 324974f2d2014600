using System.Globalization;
using Netes.Cli.Machine;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>Asks all that still runs in a node to end, as a machine does when it is switched off.</summary>
internal static class NodeShutdown
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// SIGTERM to every process of every container, then waits until none is left or patience ends; what is left then
    /// ends with process 1. Runtime and shims are spared: they have to record the ends.
    /// </summary>
    public static async Task StopContainersAsync(TimeSpan patience, TimeProvider time)
    {
        foreach (var process in Containers())
        {
            process.Signal(Syscalls.SignalTerminate);
        }

        var started = time.GetTimestamp();
        while (Containers().Count > 0 && time.GetElapsedTime(started) < patience)
        {
            await Task.Delay(Look, time, CancellationToken.None);
        }
    }

    // Every process of a container is in a process namespace below the node's: its NSpid line has a second number; only
    // pods with hostPID have not, and they end with process 1.
    private static IReadOnlyList<ProcessIdentity> Containers() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder =>
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 1 && IsInner(pid))
            .Select(ProcessIdentity.Of).OfType<ProcessIdentity>(),
    ];

    private static bool IsInner(int pid)
    {
        try
        {
            return File.ReadLines($"/proc/{pid}/status")
                .FirstOrDefault(line => line.StartsWith("NSpid:", StringComparison.Ordinal))?
                .Split('\t', StringSplitOptions.RemoveEmptyEntries).Length > 2;
        }
        catch (IOException)
        {
            // It ended while we looked.
            return false;
        }
    }
}
