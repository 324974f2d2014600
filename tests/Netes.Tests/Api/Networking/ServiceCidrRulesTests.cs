using Netes.Api;
using Netes.Api.Networking;

namespace Netes.Tests.Api.Networking;

public sealed class ServiceCidrRulesTests
{
    [Theory]
    [InlineData("10.96.0.0/16", "10.96.0.0/16", "")]
    [InlineData("10.96.0.0/16", "10.96.0.0/16,fd00::/112", "")]
    [InlineData("10.96.0.0/16", "10.97.0.0/16", "spec.cidrs[0]: Invalid value: \"10.97.0.0/16\": field is immutable")]
    [InlineData("10.96.0.0/16", "10.97.0.0/16,fd00::/112",
        "spec.cidrs[0]: Invalid value: \"10.97.0.0/16\": field is immutable")]
    [InlineData("10.96.0.0/16", "10.96.0.0/16,10.97.0.0/16",
        "spec.cidrs: Invalid value: {\"cidrs\":[\"10.96.0.0/16\",\"10.97.0.0/16\"]}: may specify no more than one IP "
        + "for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64")]
    [InlineData("10.96.0.0/16,fd00::/112", "10.96.0.0/16",
        "spec.cidrs: Invalid value: [\"10.96.0.0/16\"]: field is immutable")]
    [InlineData("10.96.0.0/16,fd00::/112", "10.96.0.0/16,fd01::/112",
        "spec.cidrs[1]: Invalid value: \"fd01::/112\": field is immutable")]
    public void Ranges_mayOnlyGainTheOtherFamily(string old, string next, string expected) => Assert.Equal(
        expected,
        string.Join("; ", ServiceCIDR.Resource.ValidateUpdate!(Range(next), Range(old))
            .Select(static error => error.Message)));

    private static ServiceCIDR Range(string cidrs) =>
        new() { Spec = new() { CIDRs = cidrs.Split(',').ToValueList() } };
}
