using Netes.ControlPlane;

namespace Netes.Tests.ControlPlane.NodeTtl;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

public sealed class NodeTtlTests
{
    [Theory]
    [InlineData(0, 100, 0)]
    [InlineData(0, 101, 15)]
    [InlineData(1, 90, 15)]
    [InlineData(1, 89, 0)]
    [InlineData(0, 5000, 300)]
    [InlineData(4, 1799, 60)]
    [InlineData(4, 0, 0)]
    [InlineData(4, 20000, 300)]
    public void MoreNodes_keepLonger(int step, int nodes, int seconds) =>
        Assert.Equal(seconds, TtlPlan.Seconds(TtlPlan.Next(step, nodes)));

    [Fact]
    public async Task EachNode_isTold()
    {
        await using var cluster = await WorkloadTests.StartAsync();
        await cluster.WaitForListAsync<Node>("", nodes => nodes.Count == 2
            && nodes.All(node => node.Metadata.Annotations.Get("node.alpha.kubernetes.io/ttl") == "0"));
    }
}
