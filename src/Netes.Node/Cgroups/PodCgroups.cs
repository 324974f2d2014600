using System.Globalization;

namespace Netes.Nodes.Cgroups;

/// <summary>
/// The cgroups of pods, in whichever hierarchies the machine has: one for each controller (v1) or one for all (v2).
/// Source: pkg/kubelet/cm/cgroup_manager_linux.go, cgroup_v1_manager_linux.go, cgroup_v2_manager_linux.go.
/// </summary>
public sealed class PodCgroups
{
    private const long CpuPeriod = 100_000;
    private readonly string root;
    private readonly bool unified;
    private readonly string[] hierarchies;

    /// <param name="root">Where the kernel's cgroup file systems are mounted: /sys/fs/cgroup.</param>
    public PodCgroups(string root)
    {
        this.root = root;
        unified = File.Exists(root + "/cgroup.controllers");
        hierarchies = unified ? [root] : Directory.Exists(root)
            ? [.. Directory.GetDirectories(root).Where(path => new DirectoryInfo(path).LinkTarget is null)] : [];
    }

    /// <summary>Makes the pod's cgroup and sets its limits; what a hierarchy does not have is left out.</summary>
    public void Ensure(string path, PodCgroupLimits limits)
    {
        if (unified)
        {
            EnsureUnified(path, limits);
            return;
        }

        if (Make("cpu", path) is { } cpu)
        {
            Write(cpu, "cpu.shares", limits.CpuShares);
            Write(cpu, "cpu.cfs_period_us", CpuPeriod);
            Write(cpu, "cpu.cfs_quota_us", limits.CpuQuota > 0 ? limits.CpuQuota : -1);
        }

        if (Make("memory", path) is { } memory && limits.MemoryBytes > 0)
        {
            Write(memory, "memory.limit_in_bytes", limits.MemoryBytes);
        }
    }

    /// <summary>Removes a cgroup and those below it, everywhere; true when none is left.</summary>
    public bool Remove(string path)
    {
        var gone = true;
        foreach (var hierarchy in hierarchies)
        {
            gone &= RemoveTree(hierarchy + path);
        }

        return gone;
    }

    /// <summary>The pods' cgroups that exist below an agent's root, as paths from the hierarchy's root.</summary>
    public IReadOnlyCollection<string> PodsBelow(string cgroupRoot)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var hierarchy in hierarchies)
        {
            foreach (var group in new[] { "", "/burstable", "/besteffort" })
            {
                var folder = $"{hierarchy}{cgroupRoot.TrimEnd('/')}/kubepods{group}";
                if (Directory.Exists(folder))
                {
                    found.UnionWith(Directory.GetDirectories(folder, "pod*").Select(path => path[hierarchy.Length..]));
                }
            }
        }

        return found;
    }

    private string? Make(string controller, string path)
    {
        var hierarchy = hierarchies.FirstOrDefault(item => Path.GetFileName(item).Split(',').Contains(controller));
        return hierarchy is null ? null : Directory.CreateDirectory(hierarchy + path).FullName;
    }

    private void EnsureUnified(string path, PodCgroupLimits limits)
    {
        // A controller has to be handed down at each level before the level below may use it.
        var level = root;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            TryWrite(level + "/cgroup.subtree_control", "+cpu +memory +pids +cpuset +io");
            level = Directory.CreateDirectory($"{level}/{part}").FullName;
        }

        // The kernel's formula from shares (2 to 262144) to weights (1 to 10000).
        var weight = 1 + ((limits.CpuShares - 2) * 9999 / 262_142);
        TryWrite(level + "/cpu.weight", Text(weight));
        TryWrite(level + "/cpu.max", (limits.CpuQuota > 0 ? Text(limits.CpuQuota) : "max") + " " + Text(CpuPeriod));
        if (limits.MemoryBytes > 0)
        {
            TryWrite(level + "/memory.max", Text(limits.MemoryBytes));
        }
    }

    private static bool RemoveTree(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return true;
        }

        var gone = true;
        foreach (var child in Directory.GetDirectories(folder))
        {
            gone &= RemoveTree(child);
        }

        try
        {
            Directory.Delete(folder);
            return gone;
        }
        catch (IOException)
        {
            return false; // a process is still leaving it
        }
    }

    private static void Write(string folder, string file, long value) => TryWrite($"{folder}/{file}", Text(value));

    private static void TryWrite(string path, string text)
    {
        if (File.Exists(path))
        {
            try
            {
                File.WriteAllText(path, text);
            }
            catch (IOException)
            {
                return; // the kernel refuses what a parent does not allow: the parent's limit then holds
            }
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
