using Netes.ControlPlane;

namespace Netes.Tests.ControlPlane.NodeIpam;

public sealed class CidrRangeTests
{
    [Fact]
    public void Parts_AreGivenOutInTurnAndNotReusedAtOnce()
    {
        var range = new CidrRange("10.244.0.0/16", 24);
        Assert.True(range.Occupy("10.244.1.0/24"));
        Assert.False(range.Occupy("10.244.1.0/24"));
        Assert.False(range.Occupy("10.245.1.0/24"));
        Assert.Equal("10.244.0.0/24", range.Allocate());
        Assert.Equal("10.244.2.0/24", range.Allocate());
        range.Release("10.244.2.0/24");
        Assert.Equal("10.244.3.0/24", range.Allocate());
        Assert.Equal(256, range.Count);
    }

    [Fact]
    public void AllTaken_GivesNothing()
    {
        var range = new CidrRange("10.0.0.0/23", 24);
        Assert.Equal("10.0.0.0/24", range.Allocate());
        Assert.Equal("10.0.1.0/24", range.Allocate());
        Assert.Null(range.Allocate());
        range.Release("10.0.0.0/24");
        Assert.Equal("10.0.0.0/24", range.Allocate());
    }

    [Fact]
    public void IPv6_WorksTheSame()
    {
        var range = new CidrRange("fd00:10:244::/56", 64);
        Assert.True(range.IsIPv6);
        Assert.Equal("fd00:10:244::/64", range.Allocate());
        Assert.Equal("fd00:10:244:1::/64", range.Allocate());
    }
}
