using System.Diagnostics;

namespace Netes.Tests.Cli.Clusters;

/// <summary>
/// All that a cluster could leave behind on a machine. Taken before and after; whatever the second has and the first
/// has not, and that names the cluster, is a leak. Other work on the machine goes on, hence the name.
/// </summary>
internal sealed record MachineSnapshot(
    IReadOnlyList<string> Processes, IReadOnlyList<string> Mounts, IReadOnlyList<string> Namespaces,
    IReadOnlyList<string> Links, IReadOnlyList<string> Routes, IReadOnlyList<string> Rules,
    IReadOnlyList<string> Cgroups)
{
    public static MachineSnapshot Take() => new(
        [.. RunningProcesses()], [.. File.ReadLines("/proc/self/mountinfo")],
        [.. Directory.Exists("/run/netns") ? Directory.EnumerateFiles("/run/netns") : []],
        [.. Directory.EnumerateDirectories("/sys/class/net").Select(f => Path.GetFileName(f)!)],
        [.. Lines("ip", "route", "show", "table", "all")], [.. Lines("nft", "list", "ruleset")],
        [.. Directory.EnumerateDirectories("/sys/fs/cgroup").Prepend("/sys/fs/cgroup")
            .Select(folder => Path.Combine(folder, "netes")).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateDirectories(folder))]);

    /// <summary>
    /// What <paramref name="after"/> has more, as far as one of <paramref name="names"/> occurs in it.
    /// </summary>
    public IReadOnlyList<string> Leaks(MachineSnapshot after, params string[] names) =>
    [
        .. new[]
            {
                after.Processes.Except(Processes), after.Mounts.Except(Mounts), after.Namespaces.Except(Namespaces),
                after.Links.Except(Links), after.Routes.Except(Routes), after.Rules.Except(Rules),
                after.Cgroups.Except(Cgroups),
            }
            .SelectMany(more => more)
            .Where(each => names.Any(name => each.Contains(name, StringComparison.Ordinal))),
    ];

    // Command line and cgroup tell whose a process is. One that has ended and waits for the machine's first process is
    // gone.
    private static IEnumerable<string> RunningProcesses() =>
        Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _))
            .Select(folder =>
            {
                try
                {
                    var stat = File.ReadAllText(folder + "/stat");
                    return stat[(stat.LastIndexOf(')') + 2)..].StartsWith('Z')
                        ? ""
                        : $"{folder} {File.ReadAllText(folder + "/cmdline").Replace('\0', ' ')} " +
                          File.ReadAllText(folder + "/cgroup");
                }
                catch (IOException)
                {
                    return "";
                }
            });

    private static string[] Lines(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        return process.StandardOutput.ReadToEnd().Split('\n');
    }
}
