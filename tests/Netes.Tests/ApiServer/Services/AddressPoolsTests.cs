using Netes.Api;
using Netes.Api.Meta;
using Netes.Api.Networking;
using Netes.ApiServer.Services;
using IPNetwork = System.Net.IPNetwork;

namespace Netes.Tests.ApiServer.Services;

/// <summary>Goal: each address once, from every ready network, the default one first.</summary>
public sealed class AddressPoolsTests
{
    [Theory]
    [InlineData("10.0.0.0/16", "10.0.1.1")]
    [InlineData("10.0.0.0/24", "10.0.0.17")]
    [InlineData("10.0.0.0/28", "10.0.0.1")]
    [InlineData("10.0.0.0/30", "10.0.0.1")]
    [InlineData("10.0.0.0/31", null)]
    [InlineData("10.0.0.0/32", null)]
    [InlineData("fd00::/112", "fd00::101")]
    [InlineData("fd00::/64", "fd00::101")]
    [InlineData("fd00::/126", "fd00::1")]
    public void FirstAddress_liesAboveTheKeptPart(string network, string? expected) =>
        Assert.Equal(expected, AddressRange.Parse(network)!.Next(static _ => true)?.ToString());

    [Theory]
    [InlineData("fd00::/63")]
    [InlineData("nonsense")]
    public void NetworkTooLargeOrNone_isNotUsed(string network) => Assert.Null(AddressRange.Parse(network));

    [Theory]
    [InlineData("10.0.0.0/28", 14)]
    [InlineData("10.0.0.0/25", 126)]
    [InlineData("fd00::/125", 7)]
    public void EachAddress_isGivenOnce(string network, int expected)
    {
        var range = AddressRange.Parse(network)!;
        var taken = new HashSet<string>();
        while (range.Next(address => taken.Add(address.ToString())) is { } address)
        {
            Assert.True(range.Contains(address));
        }

        Assert.Equal(expected, taken.Count);
    }

    [Theory]
    [InlineData("10.0.0.0", false)]
    [InlineData("10.0.0.1", true)]
    [InlineData("10.0.0.14", true)]
    [InlineData("10.0.0.15", false)]
    [InlineData("10.0.0.16", false)]
    [InlineData("fd00::1", false)]
    public void NetworkAndBroadcast_belongToNobody(string address, bool expected) =>
        Assert.Equal(expected, AddressRange.Parse("10.0.0.0/28")!.Contains(System.Net.IPAddress.Parse(address)));

    [Fact]
    public void LastAddressOfIPv6_isOneLikeOthers() =>
        Assert.True(AddressRange.Parse("fd00::/125")!.Contains(System.Net.IPAddress.Parse("fd00::7")));

    [Fact]
    public void LaterNetwork_isUsedWhenTheDefaultOneIsFull()
    {
        var pools = new AddressPools([IPNetwork.Parse("10.0.0.0/30")]);
        pools.Follow(null, Network("a-first-by-name", "10.1.0.0/30", null));
        Assert.Equal(
            ["10.0.0.1", "10.0.0.2", "10.1.0.1", "10.1.0.2", null],
            Enumerable.Range(0, 5).Select(i => pools.Next("IPv4", $"{i}")?.ToString()));
        pools.Release(System.Net.IPAddress.Parse("10.0.0.2"), "1");
        Assert.Equal("10.0.0.2", pools.Next("IPv4", "x")?.ToString());
        Assert.Null(pools.Next("IPv6", "x"));
    }

    [Theory]
    [InlineData(null, false, true)]
    [InlineData("True", false, true)]
    [InlineData("False", false, false)]
    [InlineData("Unknown", false, false)]
    [InlineData("True", true, false)]
    public void NetworkThatIsNotReady_givesNothing(string? ready, bool dying, bool expected)
    {
        var pools = new AddressPools([IPNetwork.Parse("10.0.0.0/30")]);
        pools.Follow(null, Network("more", "10.1.0.0/24,fd00::/112", ready, dying));
        Assert.Equal(
            expected ? null : "the provided network does not match the current range",
            pools.TryTake(System.Net.IPAddress.Parse("10.1.0.5"), "x"));
        Assert.Equal(expected, pools.Next("IPv6", "x") is not null);
    }

    [Fact]
    public void OverlappingNetworks_shareTheirAddresses()
    {
        var pools = new AddressPools([IPNetwork.Parse("10.0.0.0/30")]);
        pools.Follow(null, Network("wide", "10.0.0.0/29", "True"));
        Assert.Null(pools.TryTake(System.Net.IPAddress.Parse("10.0.0.1"), "a"));
        Assert.Equal(
            "provided IP is already allocated", pools.TryTake(System.Net.IPAddress.Parse("10.0.0.1"), "b"));
        Assert.Equal(
            ["10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6", null],
            Enumerable.Range(0, 6).Select(_ => pools.Next("IPv4", "c")?.ToString()));

        // Gone networks take nothing with them: what is held stays held.
        var wide = Network("wide", "10.0.0.0/29", "True");
        pools.Follow(wide, null);
        pools.Follow(null, wide);
        Assert.Null(pools.Next("IPv4", "d"));
    }

    private static ServiceCIDR Network(string name, string cidrs, string? ready, bool dying = false) => new()
    {
        Metadata = new()
        {
            Name = name,
            DeletionTimestamp = dying ? Timestamp.From(DateTimeOffset.UnixEpoch) : null,
        },
        Spec = new() { CIDRs = cidrs.Split(',').ToValueList() },
        Status = new() { Conditions = ready is null ? [] : [new Condition { Type = "Ready", Status = ready }] },
    };
}
