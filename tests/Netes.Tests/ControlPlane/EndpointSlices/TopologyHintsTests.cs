using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.EndpointSlices;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

public sealed class TopologyHintsTests
{
    [Theory]
    [InlineData("PreferClose", true, "z1", "n1", "zones z1 nodes ")]
    [InlineData("PreferSameZone", true, "z1", "n1", "zones z1 nodes ")]
    [InlineData("PreferSameNode", true, "z1", "n1", "zones z1 nodes n1")]
    [InlineData("PreferSameNode", true, null, "n1", "zones  nodes n1")]
    [InlineData("PreferSameZone", true, null, "n1", "none")]
    [InlineData("PreferSameZone", false, "z1", "n1", "none")]
    [InlineData(null, true, "z1", "n1", "none")]
    public void TrafficDistribution_saysForWhom(
        string? distribution, bool ready, string? zone, string? node, string expected)
    {
        var endpoint = new Endpoint { Conditions = new() { Ready = ready }, Zone = zone, NodeName = node };
        Assert.Equal(expected, Show(TopologyHints.Distributed(endpoint, distribution)));
    }

    [Theory]
    [InlineData("a:1 b:1", "a a b b", "a a b b")]
    [InlineData("a:1 b:1", "a a a a", "a a b b")]
    [InlineData("a:1 b:1", "a a a b", "a a b b")]
    [InlineData("a:3 b:1", "a a b b", "a a b a")]
    [InlineData("a:1 b:1 c:1", "a b b", "a b c")]
    [InlineData("a:1 b:1", "a a b x", "a a b x")]
    public void Auto_sharesByProcessors(string cpus, string zones, string expected)
    {
        var (shares, _) = ZoneShares.Of(Nodes(cpus));
        List<Endpoint> group = [.. zones.Split(' ').Select(zone => new Endpoint
        {
            Conditions = new() { Ready = true }, Zone = zone,
        })];
        Assert.Equal("", ZoneShares.Apply(shares!, [group]));
        Assert.Equal(expected, string.Join(' ', group.Select(endpoint => endpoint.Hints!.ForZones[0].Name)));
    }

    [Fact]
    public void WholeEndpointOnOneSide_isMovedForMoreThanHalfOnTheOther()
    {
        // Of 30, 9.8 are a's, who has 1.2 too many; 9.7 and 10.5 are the others', who lack 0.7 and 0.5.
        var (shares, _) = ZoneShares.Of(Nodes("a:98 b:97 c:105"));
        List<Endpoint> group = [.. (new string('a', 11) + new string('b', 9) + new string('c', 10)).Select(
            static zone => new Endpoint { Conditions = new() { Ready = true }, Zone = zone.ToString() })];
        Assert.Equal("", ZoneShares.Apply(shares!, [group]));
        Assert.Equal(10, group.Count(static endpoint => endpoint.Hints!.ForZones[0].Name == "a"));
        Assert.Equal(10, group.Count(static endpoint => endpoint.Hints!.ForZones[0].Name == "b"));
    }

    [Theory]
    [InlineData("a:1 b:1", "a",
        "Insufficient number of endpoints (1 endpoints, 2 zones)")]
    [InlineData("a:9 b:1 c:1", "a a a", "Unable to allocate minimum required endpoints to each zone without "
        + "exceeding overload threshold (3 endpoints, 3 zones)")]
    public void TooFewEndpoints_haveNoHints(string cpus, string zones, string expected)
    {
        var (shares, _) = ZoneShares.Of(Nodes(cpus));
        List<Endpoint> group = [.. zones.Split(' ').Select(zone => new Endpoint
        {
            Conditions = new() { Ready = true }, Zone = zone,
        })];
        Assert.Equal(expected, ZoneShares.Apply(shares!, [group]));
        Assert.All(group, endpoint => Assert.Null(endpoint.Hints));
    }

    [Fact]
    public void OneZone_hasNoShares() => Assert.Equal(
        "Insufficient Node information: allocatable CPU or zone not specified on one or more nodes",
        ZoneShares.Of(Nodes("a:1")).Problem);

    [Fact]
    public void EndpointWithoutZone_meansNoHints()
    {
        List<Endpoint> group = [.. new[] { "a", null }.Select(zone => new Endpoint
        {
            Conditions = new() { Ready = true }, Zone = zone,
        })];
        Assert.Equal("One or more endpoints do not have a zone specified",
            ZoneShares.Apply(ZoneShares.Of(Nodes("a:1 b:1")).Shares!, [group]));
    }

    [Theory]
    [InlineData("Auto", null, true)]
    [InlineData("auto", null, true)]
    [InlineData("Auto", "disabled", false)]
    [InlineData(null, "Auto", true)]
    [InlineData("other", null, false)]
    public void FormerAnnotation_countsWhereBothAre(string? mode, string? former, bool expected)
    {
        var annotations = default(ValueMap<string>);
        annotations = mode is null ? annotations : annotations.Set("service.kubernetes.io/topology-mode", mode);
        annotations = former is null
            ? annotations
            : annotations.Set("service.kubernetes.io/topology-aware-hints", former);
        Assert.Equal(expected, TopologyHints.IsAuto(new Service { Metadata = new() { Annotations = annotations } }));
    }

    [Fact]
    public void NodeWithoutZone_meansNoShares() => Assert.Equal(
        "Insufficient Node information: allocatable CPU or zone not specified on one or more nodes",
        ZoneShares.Of([.. Nodes("a:1 b:1"), MakeNode("bare")]).Problem);

    private static IEnumerable<Node> Nodes(string cpus) => cpus.Split(' ').Select(text =>
    {
        var node = MakeNode($"n-{text[0]}", cpu: text[2..]);
        return node with
        {
            Metadata = node.Metadata with
            {
                Labels = node.Metadata.Labels.Set("topology.kubernetes.io/zone", text[..1]),
            },
        };
    });

    private static string Show(Endpoint endpoint) => endpoint.Hints is not { } hints ? "none"
        : $"zones {string.Join(',', hints.ForZones.Select(zone => zone.Name))} "
            + $"nodes {string.Join(',', hints.ForNodes.Select(node => node.Name))}";
}
