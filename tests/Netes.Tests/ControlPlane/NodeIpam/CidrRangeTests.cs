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
    public void LargerNetwork_takesAllItsParts()
    {
        var range = new CidrRange("10.244.0.0/16", 24);
        Assert.True(range.Occupy("10.244.0.0/22"));
        Assert.True(range.Occupy("10.244.4.128/25"));
        Assert.Equal("10.244.5.0/24", range.Allocate());
        Assert.Equal(6, range.Taken);
        range.Release("10.244.0.0/22");
        Assert.Equal(2, range.Taken);
        Assert.True(range.Occupy("10.0.0.0/8"));
        Assert.Null(range.Allocate());
        Assert.False(range.Occupy("fd00::/64"));
    }

    [Theory]
    [InlineData("10.0.0.0/8", 28, true)]
    [InlineData("fd00::/48", 64, true)]
    [InlineData("fd00::/40", 64, false)]
    [InlineData("10.0.0.0/24", 16, false)]
    public void Parts_areManyOfIPv4AndAThousandfoldOfIPv6(string range, int length, bool isGood)
    {
        var problem = Record.Exception(() => new CidrRange(range, length));
        Assert.Equal(isGood, problem is null);
    }

    [Fact]
    public async Task AddressesOfServices_areNoNodes()
    {
        await using var cluster = await WorkloadTests.StartAsync(new ControllerOptions
        {
            RootCertificatePem = "pem", ClusterCidrs = ["10.244.0.0/22"], ServiceCidrs = ["10.244.0.0/23"],
        });
        var nodes = await cluster.WaitForListAsync<Netes.Api.Core.Node>(
            "", static nodes => nodes.Count == 2 && nodes.All(static node => node.Spec.PodCIDR.Length > 0));
        Assert.Equal(["10.244.2.0/24", "10.244.3.0/24"], nodes.Select(static node => node.Spec.PodCIDR)
            .Order(StringComparer.Ordinal));
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
