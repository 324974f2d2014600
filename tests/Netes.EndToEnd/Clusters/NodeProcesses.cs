using System.Globalization;

namespace Netes.EndToEnd.Clusters;

/// <summary>The processes of a cluster's node: those in the node's own cgroup, never others by name.</summary>
internal static class NodeProcesses
{
    /// <summary>Host process ids whose program and arguments match.</summary>
    public static IReadOnlyList<int> Find(LocalCluster cluster, string node, string program, string argument) =>
    [
        .. All(cluster, node).Where(each => each.CommandLine is [var file, .. var rest]
            && Path.GetFileName(file) == program && rest.Contains(argument)).Select(each => each.Pid),
    ];

    /// <summary>Every process with its arguments, and the kernel's tick of its start: numbers are reused.</summary>
    public static IReadOnlyList<(int Pid, string Started, string[] CommandLine)> All(LocalCluster cluster, string node)
    {
        var root = Directory.Exists("/sys/fs/cgroup/pids") ? "/sys/fs/cgroup/pids" : "/sys/fs/cgroup";
        return [.. Below(Path.Combine(root, "netes", cluster.Name, node)).Select(Look).OfType<(int, string,
            string[])>()];
    }

    // A pod's cgroup may go while we look.
    private static IEnumerable<string> Below(string folder)
    {
        try
        {
            return [.. File.ReadAllLines(Path.Combine(folder, "cgroup.procs")),
                .. Directory.GetDirectories(folder).SelectMany(Below)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static (int, string, string[])? Look(string pid)
    {
        try
        {
            var words = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var started = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
            return (int.Parse(pid, CultureInfo.InvariantCulture), started, words);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The process ended while we looked.
            return null;
        }
    }
}
