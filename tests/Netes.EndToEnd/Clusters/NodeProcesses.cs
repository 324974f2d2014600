using System.Globalization;

namespace Netes.EndToEnd.Clusters;

/// <summary>The processes of a node of the test cluster: those in the node's own cgroup, never others by
/// name.</summary>
internal static class NodeProcesses
{
    /// <summary>Host process ids whose program and arguments match.</summary>
    public static IReadOnlyList<int> Find(string node, string program, string argument)
    {
        var found = new List<int>();
        foreach (var folder in Cgroups(node))
        {
            foreach (var line in File.ReadAllLines(Path.Combine(folder, "cgroup.procs")))
            {
                var words = CommandLine(line);
                if (words.Length > 1 && Path.GetFileName(words[0]) == program && words.Skip(1).Contains(argument))
                {
                    found.Add(int.Parse(line, CultureInfo.InvariantCulture));
                }
            }
        }

        return found;
    }

    private static IEnumerable<string> Cgroups(string node)
    {
        var root = Directory.Exists("/sys/fs/cgroup/pids") ? "/sys/fs/cgroup/pids" : "/sys/fs/cgroup";
        var folder = Path.Combine(root, "netes", TestCluster.Name, node);
        return Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Prepend(folder)
            : [];
    }

    private static string[] CommandLine(string pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The process ended while we looked.
            return [];
        }
    }
}
