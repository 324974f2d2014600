using System.Diagnostics;

namespace Netes.NodeTests.Machines;

/// <summary>
/// Ends and removes what an interrupted test left behind, found by the test's own namespaces and names only.
/// </summary>
internal static class Leftovers
{
    /// <summary>Ends the processes in the test's cgroups and in its mount namespace (containerd, shims).</summary>
    public static void KillProcesses(string id, int holder)
    {
        foreach (var pid in Cgroups(id).SelectMany(ProcessesOf).Concat(InMountNamespaceOf(holder)).Distinct())
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                process.Kill();
            }
            catch (ArgumentException)
            {
                continue; // ended by itself meanwhile
            }
        }
    }

    /// <summary>Removes the test's cgroups, children first, in every hierarchy.</summary>
    public static void RemoveCgroups(string id)
    {
        foreach (var cgroup in Cgroups(id).OrderByDescending(path => path.Length))
        {
            for (var attempt = 0; attempt < 100 && Directory.Exists(cgroup); attempt++)
            {
                if (!TryRemove(cgroup))
                {
                    Thread.SpinWait(1_000_000); // killed processes take a moment to leave it
                }
            }
        }
    }

    private static bool TryRemove(string cgroup)
    {
        try
        {
            Directory.Delete(cgroup);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static List<string> Cgroups(string id)
    {
        var roots = Directory.GetDirectories("/sys/fs/cgroup")
            .Append("/sys/fs/cgroup").Select(root => Path.Combine(root, id)).Where(Directory.Exists);
        return [.. roots.SelectMany(root =>
            Directory.GetDirectories(root, "*", SearchOption.AllDirectories).Append(root))];
    }

    private static IEnumerable<int> ProcessesOf(string cgroup) =>
        File.ReadAllLines(cgroup + "/cgroup.procs").Select(int.Parse).Where(pid => pid > 0);

    private static List<int> InMountNamespaceOf(int holder)
    {
        var wanted = LinkOf(holder);
        var all = Directory.GetDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, out var pid) ? pid : 0);
        return wanted is null ? [] : [.. all.Where(pid => pid > 0 && pid != holder && LinkOf(pid) == wanted)];
    }

    private static string? LinkOf(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/ns/mnt").LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
