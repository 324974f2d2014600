using System.Globalization;
using Netes.Cli.Clusters;
using Netes.Cli.Clusters.Cgroups;
using Netes.Cli.Machine;

namespace Netes.Cli.Doctors;

/// <summary>
/// The list of checks. Each tries the thing itself where that is possible, in namespaces that vanish with the try.
/// </summary>
internal static class Checks
{
    private static readonly (string Program, string Package)[] Programs =
    [
        ("containerd", "containerd"), ("ctr", "containerd"), ("runc", "runc"), ("ip", "iproute2"),
        ("nft", "nftables"), ("conntrack", "conntrack"), ("nsenter", "util-linux"), ("unshare", "util-linux"),
    ];

    public static async Task<IReadOnlyList<Finding>> RunAllAsync(ClusterPaths paths, CancellationToken cancel)
    {
        var findings = new List<Finding> { Root() };
        findings.AddRange(Programs.Select(each => HasProgram(each.Program, each.Package)));
        findings.Add(CniPlugins(["/usr/lib/cni"]));
        findings.Add(CgroupControllers(CgroupHierarchy.Detect(), File.ReadAllText));
        findings.Add(Overlay(File.ReadLines("/proc/filesystems")));
        if (Environment.IsPrivilegedProcess)
        {
            findings.Add(await TryAsync("namespaces", "unshare",
                ["--mount", "--uts", "--ipc", "--cgroup", "--pid", "--fork", "true"],
                "a kernel with namespaces is needed", cancel));
            findings.Add(await TryAsync("virtual links", "unshare",
                ["--net", "ip", "link", "add", "name", "try0", "type", "veth", "peer", "name", "try1"],
                "modprobe veth", cancel));
            findings.Add(await TryAsync("bridges", "unshare",
                ["--net", "ip", "link", "add", "name", "try0", "type", "bridge"], "modprobe bridge", cancel));
            findings.Add(await TryAsync("packet filter", "unshare",
                ["--net", "nft", "add table ip t; add chain ip t c { type nat hook prerouting priority 0; }"],
                "modprobe nf_tables nft_chain_nat nf_nat", cancel));
        }

        findings.Add(HasFile(
            "bridged packet filter", "/proc/sys/net/bridge/bridge-nf-call-iptables", "modprobe br_netfilter"));
        findings.Add(HasFile(
            "connection tracking", "/proc/sys/net/netfilter/nf_conntrack_max", "modprobe nf_conntrack"));
        findings.Add(DiskSpace(paths.StateFolder));
        findings.Add(AtLeast("inotify instances", "fs.inotify.max_user_instances", 128, 8192));
        findings.Add(AtLeast("inotify watches", "fs.inotify.max_user_watches", 65_536, 1_048_576));
        findings.Add(Tool.Find("kubectl") is { } kubectl
            ? Finding.Fine("kubectl", kubectl)
            : new Finding("kubectl", Severity.Warning, "not found", "apt-get install -y kubernetes-client"));
        return findings;
    }

    private static Finding Root() => Environment.IsPrivilegedProcess
        ? Finding.Fine("root", "yes")
        : new Finding("root", Severity.Error, "clusters need root", "sudo netes ...");

    private static Finding HasProgram(string program, string package) => Tool.Find(program) is { } path
        ? Finding.Fine(program, path)
        : new Finding(program, Severity.Error, "not found", $"apt-get install -y {package}");

    private static Finding CniPlugins(string[] folders)
    {
        var missing = ((string[])["bridge", "host-local", "loopback", "portmap"])
            .Where(plugin => !folders.Any(folder => File.Exists(Path.Combine(folder, plugin)))).ToList();
        return missing.Count == 0
            ? Finding.Fine("network plugins", folders[0])
            : new Finding("network plugins", Severity.Error, $"{string.Join(", ", missing)} not found in {folders[0]}",
                "apt-get install -y containernetworking-plugins");
    }

    /// <summary>Whether the controllers that limits need are there, in either version.</summary>
    public static Finding CgroupControllers(IReadOnlyList<CgroupHierarchy> hierarchies, Func<string, string> read)
    {
        var pure = CgroupHierarchy.IsPureUnified(hierarchies);
        var there = pure
            ? read(Path.Combine(hierarchies[0].MountPoint, "cgroup.controllers")).Split([' ', '\n'])
            : hierarchies.SelectMany(hierarchy => hierarchy.Controllers).ToArray();
        var missing = ((string[])["cpu", "memory", "pids"]).Except(there).ToList();
        return missing.Count == 0
            ? Finding.Fine("cgroups", pure ? "version 2" : "version 1")
            : new Finding("cgroups", Severity.Error, $"the controllers {string.Join(", ", missing)} are not available",
                "mount -t cgroup2 cgroup2 /sys/fs/cgroup (and boot with cgroup_enable=memory)");
    }

    private static Finding Overlay(IEnumerable<string> filesystems) =>
        filesystems.Any(line => line.Split('\t')[^1] == "overlay")
            ? Finding.Fine("overlay file system", "yes")
            : new Finding("overlay file system", Severity.Error, "not available", "modprobe overlay");

    private static async Task<Finding> TryAsync(
        string name, string file, string[] arguments, string mend, CancellationToken cancel)
    {
        var result = await Tool.TryAsync(file, arguments, cancel);
        return result.ExitCode == 0
            ? Finding.Fine(name, "yes")
            : new Finding(name, Severity.Error, result.Error.Trim().Split('\n')[0], mend);
    }

    private static Finding HasFile(string name, string file, string mend) => File.Exists(file)
        ? Finding.Fine(name, "yes")
        : new Finding(name, Severity.Warning, "not available", mend);

    private static Finding DiskSpace(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        var free = new DriveInfo(existing).AvailableFreeSpace;
        var text = string.Create(CultureInfo.InvariantCulture, $"{free / 1073741824.0:0.0} GiB free in {existing}");
        return free > 2L << 30
            ? Finding.Fine("disk", text)
            : new Finding("disk", Severity.Error, text, "set NETES_STATE_DIR to a folder on a larger disk");
    }

    private static Finding AtLeast(string name, string setting, long least, long better)
    {
        var text = File.ReadAllText("/proc/sys/" + setting.Replace('.', '/')).Trim();
        return long.Parse(text, CultureInfo.InvariantCulture) >= least
            ? Finding.Fine(name, text)
            : new Finding(name, Severity.Warning, $"{text} is few", $"sysctl -w {setting}={better}");
    }
}
