using Netes.Cli.Clusters.Cgroups;
using Netes.Cli.Doctors;

namespace Netes.Tests.Cli.Clusters.Cgroups;

/// <summary>Recorded mountinfo files: a pure version 2 machine cannot be had where these tests run.</summary>
public sealed class CgroupHierarchyTests
{
    private const string Pure = "35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";

    private const string Hybrid =
        """
        25 22 0:22 / /sys/fs/cgroup ro shared:4 - tmpfs tmpfs ro,mode=755
        26 25 0:23 / /sys/fs/cgroup/unified rw shared:5 - cgroup2 cgroup2 rw,nsdelegate
        27 25 0:24 / /sys/fs/cgroup/systemd rw shared:6 - cgroup cgroup rw,xattr,name=systemd
        28 25 0:25 / /sys/fs/cgroup/cpu,cpuacct rw shared:7 - cgroup cgroup rw,cpu,cpuacct
        29 25 0:26 / /sys/fs/cgroup/memory rw shared:8 - cgroup cgroup rw,memory
        30 25 0:26 / /somewhere/else/memory rw shared:8 - cgroup cgroup rw,memory
        31 25 0:27 /docker/x /sys/fs/cgroup/part rw shared:8 - cgroup cgroup rw,pids
        32 25 0:27 /../.. /sys/fs/cgroup/pids rw shared:8 - cgroup cgroup rw,pids
        """;

    [Fact]
    public void Version_2_is_one_hierarchy()
    {
        var all = CgroupHierarchy.Parse(Pure.Split('\n'));
        Assert.True(CgroupHierarchy.IsPureUnified(all));
        Assert.Equal("/sys/fs/cgroup", all[0].MountPoint);
        Assert.Equal(Severity.Fine, Checks.CgroupControllers(all, _ => "cpuset cpu io memory pids\n").Severity);
        Assert.Equal(Severity.Error, Checks.CgroupControllers(all, _ => "cpu pids\n").Severity);
    }

    [Fact]
    public void Hybrid_lists_each_hierarchy_once_by_its_whole_mount()
    {
        var all = CgroupHierarchy.Parse(Hybrid.Split('\n'));
        Assert.False(CgroupHierarchy.IsPureUnified(all));
        Assert.Equal(
            ["/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup/cpu,cpuacct", "/sys/fs/cgroup/memory",
                "/sys/fs/cgroup/pids"],
            all.Select(hierarchy => hierarchy.MountPoint));
        Assert.Equal(["cpu", "cpuacct"], all[2].Controllers);
    }
}
