using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Netes.Cli.Machine;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>
/// The first duty of process 1: processes whose parents ended become its children, and their ends must be noted. The
/// runtime notes its own children's at once, so whatever is still a zombie after a second is an orphan.
/// </summary>
internal static class OrphanReaper
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(TimeProvider time, CancellationToken cancel)
    {
        var child = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var registration =
            PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => child.Writer.TryWrite(true));
        try
        {
            while (true)
            {
                await child.Reader.ReadAsync(cancel);
                var before = Zombies();
                await Task.Delay(Patience, time, cancel);
                before.IntersectWith(Zombies());
                foreach (var pid in before)
                {
                    Syscalls.Reap(pid);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The node is being switched off: the kernel ends and forgets what is left.
        }
    }

    private static HashSet<int> Zombies() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder =>
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 1 && IsZombieOfFirst(pid)),
    ];

    private static bool IsZombieOfFirst(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ') is ["Z", "1", ..];
        }
        catch (IOException)
        {
            // It is gone, zombie or not.
            return false;
        }
    }
}
