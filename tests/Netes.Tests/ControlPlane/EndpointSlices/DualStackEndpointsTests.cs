using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.ControlPlane;
using Netes.Tests.ApiServer.Services;
using CoreEndpoints = Netes.Api.Core.Endpoints;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.EndpointSlices;

/// <summary>Services, slices, Endpoints and nodes of two families, with the real controllers.</summary>
public sealed class DualStackEndpointsTests
{
    [Fact]
    public async Task ServiceOfTwoFamilies_hasSlicesOfBothAndEndpointsOfTheFirst()
    {
        await using var cluster = await StartAsync();
        await CreateServiceAsync(cluster);
        await CreatePodAsync(cluster, "a", "10.244.0.2", "fd10::2");
        await CreatePodAsync(cluster, "b", "10.244.0.3");
        await SlicesAsync(cluster, "IPv4 10.244.0.2,10.244.0.3; IPv6 fd10::2");
        var endpoints = await cluster.WaitForAsync<CoreEndpoints>("default", "web", static item =>
            item is not null && item.Subsets.Sum(subset => subset.Addresses.Count) == 2);
        Assert.Equal(
            ["10.244.0.2", "10.244.0.3"], endpoints!.Subsets[0].Addresses.Select(static address => address.IP));
        await cluster.Client.PatchAsync<Service>(
            "default", "web", Netes.Client.Patch.Merge("""{"spec":{"ipFamilyPolicy":"SingleStack"}}"""), "",
            TestCluster.Cancel);
        await SlicesAsync(cluster, "IPv4 10.244.0.2,10.244.0.3");
        await cluster.Client.PatchAsync<Service>(
            "default", "web", Netes.Client.Patch.Merge("""{"spec":{"ipFamilyPolicy":"RequireDualStack"}}"""), "",
            TestCluster.Cancel);
        await SlicesAsync(cluster, "IPv4 10.244.0.2,10.244.0.3; IPv6 fd10::2");
    }

    [Fact]
    public async Task EndpointsOfTwoFamilies_areMirroredInSlicesOfBoth()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(
            new Service
            {
                Metadata = new() { Namespace = "default", Name = "web" },
                Spec = new() { ClusterIP = "None", Ports = [new ServicePort { Port = 80 }] },
            },
            TestCluster.Cancel);
        await cluster.Client.CreateAsync(
            new CoreEndpoints
            {
                Metadata = new() { Namespace = "default", Name = "web" },
                Subsets =
                [
                    new()
                    {
                        Addresses = [new() { IP = "192.0.2.1" }, new() { IP = "2001:db8::1" }],
                        Ports = [new() { Port = 80, Protocol = "TCP" }],
                    },
                ],
            },
            TestCluster.Cancel);
        await SlicesAsync(cluster, "IPv4 192.0.2.1; IPv6 2001:db8::1");
    }

    [Fact]
    public async Task Node_getsARangeOfEachFamily()
    {
        await using var cluster = await StartAsync();
        var node = await cluster.WaitForAsync<Netes.Api.Core.Node>(
            "", "n1", static item => item!.Spec.PodCIDRs.Count > 0);
        Assert.Equal(2, node!.Spec.PodCIDRs.Count);
        Assert.Equal(node.Spec.PodCIDR, node.Spec.PodCIDRs[0]);
        Assert.Matches(@"^10\.244\.\d+\.0/24$", node.Spec.PodCIDRs[0]);
        Assert.Matches("^fd10:0:0:[0-9a-f]+::/64$|^fd10::/64$", node.Spec.PodCIDRs[1]);
    }

    private static Task<TestCluster> StartAsync() => WorkloadTests.StartAsync(
        new ControllerOptions { RootCertificatePem = "pem", ClusterCidrs = ["10.244.0.0/16", "fd10::/48"] },
        server: DualStackTests.Dual);

    private static async Task CreateServiceAsync(TestCluster cluster) => await cluster.Client.CreateAsync(
        new Service
        {
            Metadata = new() { Namespace = "default", Name = "web" },
            Spec = new()
            {
                IPFamilyPolicy = IPFamilyPolicy.PreferDualStack,
                Selector = ValueMap.Of(("app", "web")),
                Ports = [new ServicePort { Port = 80, TargetPort = 8000 }],
            },
        },
        TestCluster.Cancel);

    // Of the slices that are there, the ones with endpoints, or the placeholder of a family that has none.
    private static async Task SlicesAsync(TestCluster cluster, string expected) =>
        await cluster.WaitForListAsync<EndpointSlice>("default", slices => expected == string.Join("; ", slices
            .Where(static slice => slice.Metadata.Name.StartsWith("web-", StringComparison.Ordinal))
            .OrderBy(static slice => slice.AddressType, StringComparer.Ordinal)
            .Select(static slice => $"{slice.AddressType} " + string.Join(',', slice.Endpoints
                .SelectMany(static endpoint => endpoint.Addresses).Order(StringComparer.Ordinal)))));

    private static async Task CreatePodAsync(TestCluster cluster, string name, params string[] addresses)
    {
        var pod = Pod(name, "n1", ip: addresses[0]);
        var made = await cluster.Client.CreateAsync(
            pod with { Metadata = pod.Metadata with { Uid = "", CreationTimestamp = null } }, TestCluster.Cancel);
        await cluster.Client.UpdateStatusAsync(
            made with
            {
                Status = pod.Status with
                {
                    PodIPs = addresses.Select(static ip => new PodIP { IP = ip }).ToValueList(),
                },
            },
            TestCluster.Cancel);
    }
}
