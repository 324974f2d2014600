using System.Net;
using Netes.Cli.Clusters;
using Netes.Cli.Clusters.Networks;

namespace Netes.Tests.Cli.Clusters.Networks;

public sealed class NodeSubnetsTests
{
    private const string Routes =
        """
        [{"dst":"default","gateway":"192.0.2.1"},{"dst":"172.30.0.0/17"},{"dst":"172.31.5.1"},{"type":"broadcast","dst":"10.0.0.255"}]
        """;

    [Fact]
    public void Routes_are_read_without_the_default() => Assert.Equal(
        ["172.30.0.0/17", "172.31.5.1/32", "10.0.0.255/32"], NodeSubnets.ParseRoutes(Routes).Select(r => r.ToString()));

    [Theory]
    [InlineData("demo")]
    [InlineData("other")]
    public void Subnet_avoids_what_is_taken(string cluster)
    {
        var taken = NodeSubnets.ParseRoutes(Routes);
        var subnet = NodeSubnets.Choose(cluster, taken)!.Value;
        Assert.DoesNotContain(taken, each => NodeSubnets.Overlap(each, subnet));
    }

    [Fact]
    public void Nothing_free_is_null() =>
        Assert.Null(NodeSubnets.Choose("demo", [IPNetwork.Parse("172.16.0.0/12")]));

    [Fact]
    public void Plan_names_nodes_as_kind_does()
    {
        var state = ClusterPlan.Make(
            ClusterOptions.Default("demo", 2), IPNetwork.Parse("172.30.7.0/24"), 4000, "t", new("/x", "netes", null));
        Assert.Equal(["demo-control-plane", "demo-worker", "demo-worker2"], state.Nodes.Select(node => node.Name));
        Assert.Equal(["172.30.7.2", "172.30.7.3", "172.30.7.4"], state.Nodes.Select(node => node.Ip));
        Assert.Equal("172.30.7.1", state.HostIp);
        Assert.True(state.Link.Length <= 15);
        Assert.Equivalent(state, ClusterState.FromJson(state.ToJson()));
        Assert.Contains("route add unreachable 10.96.0.0/16 metric 4096",
            SwitchPlan.Node(state, state.Nodes[1]).SelectMany(batch => batch.Lines));
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1m30s", 90)]
    [InlineData("1.5m", 90)]
    [InlineData("0", 0)]
    [InlineData("5", null)]
    [InlineData("x", null)]
    public void Durations_are_gos(string text, int? seconds) =>
        Assert.Equal(seconds, (int?)GoDuration.Parse(text)?.TotalSeconds);
}
