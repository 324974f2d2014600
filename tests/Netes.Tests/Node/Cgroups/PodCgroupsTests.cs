using Netes.Nodes.Cgroups;

namespace Netes.Tests.Node.Cgroups;

/// <summary>Goal: limits reach the files of both generations of cgroups. Method: folders that look like them.</summary>
public sealed class PodCgroupsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("netes-cgroups").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void One_tree_gets_weight_maximum_and_memory()
    {
        File.WriteAllText(root + "/cgroup.controllers", "cpu memory");
        var pod = root + "/kubepods/podx";
        Directory.CreateDirectory(pod);
        foreach (var file in new[] { "cpu.weight", "cpu.max", "memory.max" })
        {
            File.WriteAllText($"{pod}/{file}", "");
        }

        new PodCgroups(root).Ensure("/kubepods/podx", new(1024, 50_000, 1 << 20));

        Assert.Equal("39", File.ReadAllText(pod + "/cpu.weight"));
        Assert.Equal("50000 100000", File.ReadAllText(pod + "/cpu.max"));
        Assert.Equal("1048576", File.ReadAllText(pod + "/memory.max"));
    }

    [Fact]
    public void Many_trees_get_shares_quota_and_memory()
    {
        foreach (var (controller, file) in new[] { ("cpu,cpuacct", "cpu.shares"), ("memory", "memory.limit_in_bytes") })
        {
            Directory.CreateDirectory($"{root}/{controller}/kubepods/podx");
            File.WriteAllText($"{root}/{controller}/kubepods/podx/{file}", "");
        }

        new PodCgroups(root).Ensure("/kubepods/podx", new(512, 0, 4096));

        Assert.Equal("512", File.ReadAllText(root + "/cpu,cpuacct/kubepods/podx/cpu.shares"));
        Assert.Equal("4096", File.ReadAllText(root + "/memory/kubepods/podx/memory.limit_in_bytes"));
    }

    [Fact]
    public void Removing_takes_the_tree_from_everywhere()
    {
        Directory.CreateDirectory(root + "/cpu/n/kubepods/burstable/podx/c");
        Directory.CreateDirectory(root + "/memory/n/kubepods/burstable/podx/c");
        var cgroups = new PodCgroups(root);

        Assert.Equal(["/n/kubepods/burstable/podx"], cgroups.PodsBelow("/n"));
        Assert.True(cgroups.Remove("/n/kubepods/burstable/podx"));
        Assert.Empty(cgroups.PodsBelow("/n"));
    }
}
