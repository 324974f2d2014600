using System.Collections.Immutable;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Nodes.Proxy;
using static Netes.Tests.Node.Proxy.ClusterObjects;

namespace Netes.Tests.Node.Proxy;

public sealed class NftCompilerTests
{
    private static readonly NftTableOptions Options = new()
    {
        ClusterCidr = "10.244.0.0/16",
        ServiceCidr = "10.96.0.0/16",
    };

    [Fact]
    public void Service_with_two_endpoints_balances_between_their_chains()
    {
        var state =
            Compile([Service("web", "10.96.0.20")], [Slice("web", Endpoint("10.244.0.5"), Endpoint("10.244.1.5"))]);

        var verdict = state.Elements[NftTable.ServiceIps]["10.96.0.20 . tcp . 80"];
        var rules = state.Chains[verdict["goto ".Length..]];
        Assert.Equal("ip daddr 10.96.0.20 ip saddr != 10.244.0.0/16 jump mark-for-masquerade", rules[0]);
        Assert.StartsWith("numgen random mod 2 vmap { 0 : goto endpoint-", rules[1], StringComparison.Ordinal);
        Assert.Equal(3, state.Chains.Count);
        Assert.Contains("10.96.0.20", state.Elements[NftTable.ClusterIps].Keys);
    }

    [Fact]
    public void Service_without_endpoints_rejects()
    {
        var state = Compile([Service("web", "10.96.0.20")], [Slice("web", Endpoint("10.244.0.5", ready: false))]);

        Assert.Equal("goto reject-connection", state.Elements[NftTable.NoEndpointServices]["10.96.0.20 . tcp . 80"]);
        Assert.Empty(state.Chains);
    }

    [Fact]
    public void Headless_and_dns_services_have_no_rules()
    {
        var state = Compile([Service("headless", "None"), Service("kube-dns", "10.96.0.10")], []);

        Assert.Empty(state.Chains);
        Assert.Empty(state.Elements);
    }

    [Fact]
    public void Node_port_masquerades_and_local_policy_does_not()
    {
        var service = Service("web", "10.96.0.20", type: "NodePort");
        service = service with
        {
            Spec = service.Spec with { Ports = [service.Spec.Ports[0] with { NodePort = 30080 }] },
        };
        EndpointSlice[] slices = [Slice("web", Endpoint("10.244.0.5", "a"), Endpoint("10.244.1.5", "b"))];

        var cluster = ExternalRules(Compile([service], slices));
        var local = ExternalRules(Compile(
            [service with { Spec = service.Spec with { ExternalTrafficPolicy = "Local" } }], slices));

        Assert.Equal("jump mark-for-masquerade", cluster[0]);
        Assert.StartsWith("ip saddr 10.244.0.0/16 goto service-", local[0], StringComparison.Ordinal);
        Assert.StartsWith("numgen random mod 1 vmap", local[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_changed_is_an_empty_transaction_and_a_change_names_only_itself()
    {
        EndpointSlice[] slices = [Slice("web", Endpoint("10.244.0.5")), Slice("api", Endpoint("10.244.0.6"))];
        Service[] services = [Service("web", "10.96.0.20"), Service("api", "10.96.0.21")];
        var old = Compile(services, slices);
        var next = Compile(services, [slices[0], Slice("api", Endpoint("10.244.0.7"))]);

        Assert.Equal("", NftDiff.Between(old, Compile(services, slices), "netes"));
        var change = NftDiff.Between(old, next, "netes");
        Assert.Contains("dnat to 10.244.0.7:8000", change, StringComparison.Ordinal);
        Assert.DoesNotContain("web", change, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_port_of_the_loopback_address_is_this_nodes_alone()
    {
        var pod = new Pod
        {
            Metadata = new() { Name = "p", Namespace = "default" },
            Spec = new()
            {
                Containers =
                [
                    new() { Ports = [new() { HostIP = "127.0.0.1", HostPort = 80, ContainerPortValue = 8000 }] },
                ],
            },
            Status = new() { PodIP = "10.244.0.5" },
        };

        var state = NftCompiler.Compile([], HostPorts.Of([pod], "172.30.0.2"), Options);

        var chain = state.Elements[NftTable.ServiceIps]["172.30.0.2 . tcp . 80"]["goto ".Length..];
        Assert.Equal("fib saddr type != local return", state.Chains[chain][0]);
    }

    internal static NftState Compile(IEnumerable<Service> services, IEnumerable<EndpointSlice> slices) =>
        NftCompiler.Compile(ServicePorts.Compile(services, slices, "a", "10.96.0.10"), [], Options);

    private static ImmutableArray<string> ExternalRules(NftState state) =>
        state.Chains[state.Elements[NftTable.NodePorts]["tcp . 30080"]["goto ".Length..]];
}
