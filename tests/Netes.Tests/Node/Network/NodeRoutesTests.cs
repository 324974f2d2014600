using Netes.Api;
using Netes.Api.Networking;
using Netes.Nodes.Network;

namespace Netes.Tests.Node.Network;

public sealed class NodeRoutesTests
{
    [Fact]
    public void LaterServiceRange_getsARouteUntilItGoes()
    {
        const string first = "10.96.0.0/16";
        var one = NodeRoutes.ServiceRanges([Range(first), Range("10.200.0.0/24", "fd00::/112")], first);
        Assert.Equal(
            ["route replace 10.200.0.0/24 dev lo src 10.0.0.1"],
            NodeRoutes.ServiceChanges(new HashSet<string>(), one, "10.0.0.1"));
        var two = NodeRoutes.ServiceRanges([Range(first), Range("10.201.0.0/24")], first);
        Assert.Equal(
            ["route del 10.200.0.0/24 dev lo", "route replace 10.201.0.0/24 dev lo src 10.0.0.1"],
            NodeRoutes.ServiceChanges(one, two, "10.0.0.1"));
        Assert.Empty(NodeRoutes.ServiceChanges(two, two, "10.0.0.1"));
    }

    private static ServiceCIDR Range(params string[] cidrs) => new() { Spec = new() { CIDRs = cidrs.ToValueList() } };
}
