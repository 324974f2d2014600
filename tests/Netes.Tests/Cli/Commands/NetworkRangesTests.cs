using Netes.Cli.Commands;
using Netes.Cli.Machine;

namespace Netes.Tests.Cli.Commands;

public sealed class NetworkRangesTests
{
    [Theory]
    [InlineData("10.96.0.0/16", "10.96.0.0/16", null)]
    [InlineData("10.96.0.0/16,fd00::/112", "10.96.0.0/16", "fd00::/112")]
    public void OneOrTwoRanges_areTaken(string text, string first, string? second)
    {
        var ranges = NetworkRanges.Parse("--service-cidr", text, NetworkRanges.OfServices);
        Assert.Equal((first, second), (ranges.First.ToString(), ranges.Second?.ToString()));
    }

    [Theory]
    [InlineData("wide", "--service-cidr: \"wide\" is not a range of addresses")]
    [InlineData("10.0.0.0/8,wide", "--service-cidr: \"wide\" is not a range of addresses")]
    [InlineData("10.0.0.0/16,fd00::/112,fd01::/112", "--service-cidr must not hold more than two values")]
    [InlineData("10.0.0.0/16,10.1.0.0/16",
        "--service-cidr[0] and --service-cidr[1] must be of different IP family")]
    [InlineData("fd00::/112",
        "--service-cidr: \"fd00::/112\": the first range must be of IPv4, as the nodes' network is")]
    [InlineData("10.0.0.0/16,fd00::/32",
        "--service-cidr: \"fd00::/32\": a prefix from /64 to /124 is expected of IPv6")]
    public void WrongRanges_areRefusedWithTheReason(string text, string reason) => Assert.Equal(
        reason,
        Assert.Throws<ToolException>(
            () => NetworkRanges.Parse("--service-cidr", text, NetworkRanges.OfServices)).Message);
}
