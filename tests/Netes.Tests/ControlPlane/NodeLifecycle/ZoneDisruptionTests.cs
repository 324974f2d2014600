using Netes.ControlPlane;
using Netes.Api.Core;
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
