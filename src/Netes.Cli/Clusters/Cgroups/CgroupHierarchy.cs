namespace Netes.Cli.Clusters.Cgroups;

/// <summary>
/// One mounted cgroup hierarchy: where, its controllers ("cpu", "memory", or "name=systemd"), and which version.
/// </summary>
internal sealed record CgroupHierarchy(string MountPoint, IReadOnlyList<string> Controllers, bool IsUnified)
{
    private static readonly string[] Known =
    [
        "cpu", "cpuacct", "cpuset", "memory", "devices", "freezer", "blkio", "pids", "net_cls", "net_prio",
        "perf_event", "hugetlb", "rdma", "misc",
    ];

    /// <summary>The hierarchies of this machine, as this process sees them.</summary>
    public static IReadOnlyList<CgroupHierarchy> Detect() => Parse(File.ReadLines("/proc/self/mountinfo"));

    /// <summary>Only version 2 is mounted: one tree holds all controllers.</summary>
    public static bool IsPureUnified(IReadOnlyList<CgroupHierarchy> all) => all.Count == 1 && all[0].IsUnified;

    /// <summary>
    /// Reads proc(5)'s mountinfo. A hierarchy that is mounted twice (bind mounts of containers) counts once,
    /// by its shortest mount point; a mount of only a part of a hierarchy (root not "/") does not count.
    /// </summary>
    public static IReadOnlyList<CgroupHierarchy> Parse(IEnumerable<string> mountinfo) =>
    [
        .. mountinfo.Select(ParseLine).OfType<CgroupHierarchy>()
            .GroupBy(h => h.IsUnified ? "v2" : string.Join(',', h.Controllers))
            .Select(same => same.OrderBy(h => h.MountPoint.Length).First()),
    ];

    private static CgroupHierarchy? ParseLine(string line)
    {
        var halves = line.Split(" - ", 2);
        if (halves.Length != 2)
        {
            return null;
        }

        var mount = halves[0].Split(' ');
        var kind = halves[1].Split(' ');
        if (mount.Length < 5 || kind.Length < 3 || !IsRoot(mount[3]))
        {
            return null;
        }

        return kind[0] switch
        {
            "cgroup2" => new(mount[4], [], IsUnified: true),
            "cgroup" => new(mount[4], [.. kind[2].Split(',').Where(IsController)], IsUnified: false),
            _ => null,
        };
    }

    // From inside a cgroup namespace, the root of the machine's own mounts reads "/../../..".
    private static bool IsRoot(string root) => root.Split('/').All(part => part is "" or "..");

    private static bool IsController(string option) =>
        Known.Contains(option) || option.StartsWith("name=", StringComparison.Ordinal);
}
