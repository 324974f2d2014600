using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.LoadBalancers;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

public sealed class LoadBalancerPlanTests
{
    private static readonly Service Web = new()
    {
        Metadata = new() { Namespace = "default", Name = "web", CreationTimestamp = Timestamp.From(Now) },
        Spec = new()
        {
            Type = ServiceType.LoadBalancer,
            IPFamilies = ["IPv4"],
            Ports = [new ServicePort { Port = 80, Protocol = "TCP" }],
        },
    };

    [Fact]
    public void Addresses_areThoseOfReadyNodes() => Assert.Equal("10.0.0.1,10.0.0.2", Show(LoadBalancerPlan.Status(Web,
        [
            At("n2", "10.0.0.2"), At("n1", "10.0.0.1"), NotReady(At("n3", "10.0.0.3")),
            Excluded(At("n4", "10.0.0.4")), Going(At("n5", "10.0.0.5")),
        ], [])));

    [Fact]
    public void ExternalAddresses_comeFirst() => Assert.Equal("203.0.113.1", Show(LoadBalancerPlan.Status(
        Web, [At("n1", "10.0.0.1"), At("n2", "203.0.113.1", "ExternalIP")], [])));

    [Fact]
    public void LocalTraffic_goesWhereEndpointsAre() => Assert.Equal("10.0.0.2", Show(LoadBalancerPlan.Status(
        Web with { Spec = Web.Spec with { ExternalTrafficPolicy = "Local" } },
        [At("n1", "10.0.0.1"), At("n2", "10.0.0.2")],
        [new EndpointSlice { Endpoints = [new() { NodeName = "n2", Conditions = new() { Ready = true } }] }])));

    [Theory]
    [InlineData(80, "TCP", -1, "port 80/TCP is taken by service default/other")]
    [InlineData(80, "TCP", 1, null)]
    [InlineData(80, "UDP", -1, null)]
    [InlineData(81, "TCP", -1, null)]
    public void TheOlderService_hasThePort(int port, string protocol, int age, string? expected)
    {
        var other = Web with
        {
            Metadata = Web.Metadata with { Name = "other", CreationTimestamp = Timestamp.From(Now.AddSeconds(age)) },
            Spec = Web.Spec with { Ports = [new ServicePort { Port = port, Protocol = protocol }] },
        };
        Assert.Equal(expected, LoadBalancerPlan.Conflict(Web, [Web, other], new HashSet<int> { 6443 }));
    }

    [Fact]
    public void PortsOfTheNodes_areNotGiven() => Assert.Equal("port 80/TCP is taken by the nodes",
        LoadBalancerPlan.Conflict(Web, [Web], new HashSet<int> { 80 }));

    [Fact]
    public void Changes_areToldInTheServiceControllersWords()
    {
        Assert.Null(Change(spec => spec with { Ports = [] }));
        Assert.Equal("Type: LoadBalancer -> ClusterIP", Change(spec => spec with { Type = "ClusterIP" }));
        Assert.Equal("LoadBalancerSourceRanges: [] -> [10.0.0.0/8 192.0.2.0/24]", Change(
            spec => spec with { LoadBalancerSourceRanges = ["10.0.0.0/8", "192.0.2.0/24"] }));
        Assert.Equal("LoadbalancerIP:  -> 192.0.2.1", Change(spec => spec with { LoadBalancerIP = "192.0.2.1" }));
        Assert.Equal("ExternalIP: Count: 0 -> 1", Change(spec => spec with { ExternalIPs = ["192.0.2.1"] }));
        Assert.Equal("ExternalTrafficPolicy:  -> Local", Change(spec => spec with { ExternalTrafficPolicy = "Local" }));
        Assert.Equal("HealthCheckNodePort: 0 -> 30001", Change(spec => spec with { HealthCheckNodePort = 30001 }));

        static string? Change(Func<ServiceSpec, ServiceSpec> change) =>
            LoadBalancerPlan.Change(Web, Web with { Spec = change(Web.Spec) }) is { } told
                ? $"{told.Reason}: {told.Message}"
                : null;
    }

    [Fact]
    public async Task Service_getsTheNodesAddressAndLosesItWithItsType()
    {
        await using var cluster = await WorkloadTests.StartAsync();
        await WorkloadTests.CreateNodeAsync(cluster, At("n3", "10.0.0.3"));
        await cluster.Client.CreateAsync(new Service
        {
            Metadata = new() { Namespace = "default", Name = "web" },
            Spec = new() { Type = "LoadBalancer", Ports = [new ServicePort { Port = 80 }] },
        }, TestCluster.Cancel);
        var service = await cluster.WaitForAsync<Service>(
            "default", "web", item => item is { Status.LoadBalancer.Ingress.IsEmpty: false });
        Assert.Equal("10.0.0.3", Show(service!.Status.LoadBalancer));
        Assert.Equal([LoadBalancerPlan.Finalizer], service.Metadata.Finalizers);
        await cluster.Client.PatchAsync<Service>("default", "web",
            Netes.Client.Patch.Merge("""{"spec":{"type":"ClusterIP"}}"""), "", TestCluster.Cancel);
        await cluster.WaitForAsync<Service>(
            "default", "web", item => item is
            {
                Status.LoadBalancer.Ingress.IsEmpty: true, Metadata.Finalizers.IsEmpty: true,
            });
        await cluster.WaitForListAsync<Event>("default", static events =>
            new[] { "Type", "EnsuringLoadBalancer", "EnsuredLoadBalancer", "DeletingLoadBalancer",
                "DeletedLoadBalancer" }.All(reason => events.Any(item => item.Reason == reason)));
    }

    private static string Show(LoadBalancerStatus status) =>
        string.Join(',', status.Ingress.Select(ingress => ingress.IP));

    private static Node At(string name, string address, string type = "InternalIP")
    {
        var node = MakeNode(name);
        return node with { Status = node.Status with { Addresses = [new() { Type = type, Address = address }] } };
    }

    private static Node NotReady(Node node) => node with { Status = node.Status with { Conditions = [] } };

    private static Node Going(Node node) => node with
    {
        Spec = node.Spec with
        {
            Taints = [new() { Key = "ToBeDeletedByClusterAutoscaler", Effect = "NoSchedule" }],
        },
    };

    private static Node Excluded(Node node) => node with
    {
        Metadata = node.Metadata with
        {
            Labels = node.Metadata.Labels.Set("node.kubernetes.io/exclude-from-external-load-balancers", ""),
        },
    };
}
