using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.NodeLifecycle;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

public sealed class ZoneDisruptionTests
{
    [Theory]
    [InlineData(3, 0, "Normal", 0.1)]
    [InlineData(3, 2, "Normal", 0.1)]
    [InlineData(2, 3, "PartialDisruption", 0)]
    [InlineData(4, 3, "Normal", 0.1)]
    [InlineData(20, 40, "PartialDisruption", 0.01)]
    [InlineData(0, 4, "FullDisruption", 0.1)]
    [InlineData(0, 1, "FullDisruption", 0.1)]
    public void ZonesState_isTheSpeed(int ready, int silent, string state, double rate)
    {
        Node[] zone = [.. Enumerable.Range(0, ready).Select(i => MakeNode($"r{i}")),
            .. Enumerable.Range(0, silent).Select(i => Silent($"s{i}"))];
        Assert.Equal(state, ZoneDisruption.StateOf(zone, 0.55).ToString());
        Assert.Equal(rate, ZoneDisruption.Rate(zone, new ControllerOptions()));
    }

    [Fact]
    public void OneZonesTurn_isNotAnothers()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Now);
        var limits = new ZoneLimits(time);
        Assert.Null(limits.Take("a", 0.1));
        Assert.Null(limits.Take("b", 0.1));
        var wait = limits.Take("a", 0.1);
        Assert.Equal(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(Math.Floor(wait!.Value.TotalSeconds)));
        time.Advance(wait.Value);
        Assert.Null(limits.Take("a", 0.1));
        limits.Return("a");
        Assert.Null(limits.Take("a", 0.1));
    }

    [Fact]
    public void TurnsThatWereStopped_comeAWholeWaitLater()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Now);
        var limits = new ZoneLimits(time);
        limits.Stop("a");
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(10, Math.Floor(limits.Take("a", 0.1)!.Value.TotalSeconds));
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(limits.Take("a", 0.1));
        Assert.Null(limits.Take("b", 0.1));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("topology.kubernetes.io/zone=z", ":\0:z")]
    [InlineData("topology.kubernetes.io/region=r topology.kubernetes.io/zone=z", "r:\0:z")]
    [InlineData("topology.kubernetes.io/zone=z failure-domain.beta.kubernetes.io/zone=old", ":\0:old")]
    public void Zone_isKnownByItsOldNameFirst(string labels, string zone)
    {
        var pairs = labels.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..])).ToArray();
        var node = new Node { Metadata = new() { Name = "n", Labels = ValueMap.Of(pairs) } };
        Assert.Equal(zone, ZoneDisruption.ZoneOf(node));
    }

    [Fact]
    public void WhereNobodyCounts_notAllAreDown()
    {
        Assert.False(ZoneDisruption.IsFull([]));
        Assert.True(ZoneDisruption.IsFull([Silent("s1"), Silent("s2")]));
        Assert.False(ZoneDisruption.IsFull([Silent("s1"), MakeNode("r1")]));
        var excluded = MakeNode("x") with
        {
            Metadata = new() { Name = "x", Labels = ValueMap.Of((ZoneDisruption.ExclusionLabel, "")) },
        };
        Assert.False(ZoneDisruption.IsCounted(excluded));
    }

    [Fact]
    public void Zones_areMeasured()
    {
        var registry = new MetricRegistry();
        List<Node> nodes = [MakeNode("r1"), MakeNode("r2"), MakeNode("r3"), Silent("s1")];
        var metrics = new NodeCollectorMetrics(registry, () => nodes);
        metrics.Seen("");
        metrics.Evicting("");
        metrics.Updated(TimeSpan.FromMilliseconds(3));
        var text = Measured.Text(registry);
        Assert.All(
            [
                "node_collector_zone_health{zone=\"\"} 75", "node_collector_zone_size{zone=\"\"} 4",
                "node_collector_unhealthy_nodes_in_zone{zone=\"\"} 1",
                "node_collector_evictions_total{zone=\"\"} 1",
                "node_collector_update_node_health_duration_seconds_bucket{le=\"0.001\"} 0",
                "node_collector_update_node_health_duration_seconds_bucket{le=\"0.004\"} 1",
                "node_collector_update_node_health_duration_seconds_bucket{le=\"16.384\"} 1",
            ],
            line => Assert.Contains(line + "\n", text, StringComparison.Ordinal));
        nodes.Clear();
        text = Measured.Text(registry);
        Assert.Contains("node_collector_zone_health{zone=\"\"} 100\n", text, StringComparison.Ordinal);
        Assert.Contains("node_collector_zone_size{zone=\"\"} 0\n", text, StringComparison.Ordinal);
    }

    private static Node Silent(string name)
    {
        var node = MakeNode(name);
        return node with
        {
            Status = node.Status with
            {
                Conditions = [new NodeCondition { Type = NodeConditionType.Ready, Status = "Unknown" }],
            },
        };
    }
}
