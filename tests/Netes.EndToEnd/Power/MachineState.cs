using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Power;

/// <summary>
/// What on this machine belongs to one cluster, found by the cluster's name, its nodes' addresses and its folder: other
/// clusters may come and go meanwhile.
/// </summary>
internal static class MachineState
{
    /// <summary>One line for each thing that is there, with its kind first.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(LocalCluster cluster, string nodeNetwork)
    {
        var ours = new[] { cluster.Name, nodeNetwork,
            Path.Combine(LocalCluster.StateFolder, "clusters", cluster.Name) };
        bool Ours(string text) => ours.Any(mark => text.Contains(mark, StringComparison.Ordinal));
        var routes = await Command.RunAsync("ip", ["route", "show", "table", "all"]);
        var addresses = await Command.RunAsync("ip", ["-o", "address"]);
        var rules = await Command.RunAsync("nft", ["list", "ruleset"]);
        return
        [
            .. Processes().Where(Ours).Select(each => $"process {each}"),
            .. File.ReadLines("/proc/self/mountinfo").Where(Ours).Select(each => $"mount {each}"),
            .. Entries("/run/netns").Where(Ours).Select(each => $"namespace {each}"),
            .. Lines(addresses).Where(Ours).Select(each => $"link {each}"),
            .. Lines(routes).Where(Ours).Select(each => $"route {each}"),
            .. Lines(rules).Where(Ours).Select(each => $"rule {each}"),
            .. Entries("/sys/fs/cgroup").Prepend("/sys/fs/cgroup").SelectMany(each =>
                Entries(Path.Combine(each, "netes")))
                .Where(Ours).Select(each => $"cgroup {each}"),
            .. Entries(Path.Combine(LocalCluster.StateFolder, "clusters")).Where(Ours).Select(each => $"file {each}"),
        ];
    }

    /// <summary>The first words of the lines, each once: which kinds of things are there.</summary>
    public static IReadOnlyList<string> Kinds(IEnumerable<string> state) =>
        [.. state.Select(line => line.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal)];

    private static string[] Lines(CommandResult result) => result.MustSucceed().Split('\n');

    private static string[] Entries(string folder) =>
        Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder) : [];

    // Whose a process is stands in its arguments or its cgroup. This test's own line names nothing of the cluster.
    private static IEnumerable<string> Processes() => Directory.EnumerateDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), out var pid) && pid != Environment.ProcessId)
        .Select(folder =>
        {
            try
            {
                var stat = File.ReadAllText(folder + "/stat");
                return stat[(stat.LastIndexOf(')') + 2)..].StartsWith('Z')
                    ? ""
                    : $"{folder} {File.ReadAllText(folder + "/cmdline").Replace('\0', ' ')} " +
                      File.ReadAllText(folder + "/cgroup").Replace('\n', ' ');
            }
            catch (IOException)
            {
                return "";
            }
        });
}
