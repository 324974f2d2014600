using System.Buffers;
using System.Text;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Api.Meta;
using Netes.Api.Telemetry;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane.EndpointSlices;

public sealed class EndpointSliceControllerTests
{
    [Fact]
    public async Task SliceKeepsItsName_fromTheFirstPodToTheLast()
    {
        var registry = new MetricRegistry();
        await using var cluster = await WorkloadTests.StartAsync(
            new ControllerOptions { RootCertificatePem = "pem", Metrics = registry });
        await cluster.Client.CreateAsync(Web(), TestCluster.Cancel);
        var name = (await SliceAsync(cluster, 0)).Metadata.Name;
        await RunPodAsync(cluster, "a", "n1", "10.244.0.2");
        Assert.Equal(name, (await SliceAsync(cluster, 1)).Metadata.Name);
        await cluster.Client.DeleteAsync<Pod>(
            "default", "a", new DeleteOptions { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        Assert.Equal(name, (await SliceAsync(cluster, 0)).Metadata.Name);

        var output = new ArrayBufferWriter<byte>();
        registry.WriteTo(output);
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.Contains("endpoint_slice_controller_changes{operation=\"create\"} 1", text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "endpoint_slice_controller_changes{operation=\"delete\"}", text, StringComparison.Ordinal);
        Assert.Contains("endpoint_slice_controller_endpoints_desired 0", text, StringComparison.Ordinal);
        Assert.Contains("endpoint_slice_controller_num_endpoint_slices ", text, StringComparison.Ordinal);
        Assert.Contains("endpoint_slice_controller_syncs{result=\"success\"}", text, StringComparison.Ordinal);
        Assert.Contains("node_ipam_controller_cirdset_max_cidrs{clusterCIDR=\"10.244.0.0/16\"} 256", text,
            StringComparison.Ordinal);
        Assert.Contains("node_ipam_controller_cidrset_cidrs_allocations_total{clusterCIDR=\"10.244.0.0/16\"} 2", text,
            StringComparison.Ordinal);
        foreach (var queue in (string[])["cidrallocator_node", "endpoint", "endpoint_slice", "endpoint_slice_mirroring",
            "ipaddresses", "namespace", "resourcequota_primary", "service", "ttl_jobs_to_delete", "ttlcontroller"])
        {
            Assert.Contains($"workqueue_depth{{name=\"{queue}\"}}", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task PodOfAMissingNode_isToldAndJoinsWhenTheNodeComes()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.Client.CreateAsync(
            new ServiceAccount { Metadata = new() { Namespace = "default", Name = "default" } }, TestCluster.Cancel);
        var life = new Crashes.ControllerLife(cluster, ["endpointslice-controller"], TimeProvider.System);
        cluster.Run(life.RunAsync);
        await cluster.Client.CreateAsync(Web(), TestCluster.Cancel);
        await RunPodAsync(cluster, "a", "late", "10.244.0.2");
        await cluster.WaitForListAsync<Event>("default", static events => events.Any(static item =>
            item is { Reason: "FailedToUpdateEndpointSlices", Type: "Warning" }
            && item.Source.Component == "endpoint-slice-controller" && item.Message == "Error updating Endpoint Slices for Service default/web: skipping Pod a for Service "
                + "default/web: Node late Not Found"));
        await SliceAsync(cluster, 0);
        await WorkloadTests.CreateNodeAsync(cluster, MakeNode("late"));
        await SliceAsync(cluster, 1);
    }

    [Fact]
    public async Task SliceGivenToAnotherService_isMissedWhereItWas()
    {
        await using var cluster = await WorkloadTests.StartAsync();
        await RunPodAsync(cluster, "a", "n1", "10.244.0.2");
        await cluster.Client.CreateAsync(Web(), TestCluster.Cancel);
        var slice = await SliceAsync(cluster, 1);
        await cluster.Client.PatchAsync<EndpointSlice>("default", slice.Metadata.Name,
            Patch.Merge("""{"metadata":{"labels":{"kubernetes.io/service-name":"other"}}}"""), "", TestCluster.Cancel);
        Assert.NotEqual(slice.Metadata.Name, (await SliceAsync(cluster, 1)).Metadata.Name);
    }

    /// <summary>The only slice of the service, when it has so many endpoints.</summary>
    private static async Task<EndpointSlice> SliceAsync(TestCluster cluster, int endpoints)
    {
        var slices = await cluster.WaitForListAsync<EndpointSlice>(
            "default", slices => Of(slices) is [{ } only] && only.Endpoints.Count == endpoints);
        return Of(slices)[0];
    }

    private static List<EndpointSlice> Of(IEnumerable<EndpointSlice> slices) => [.. slices.Where(
        static slice => slice.Metadata.Labels.Get("kubernetes.io/service-name") == "web")];

    private static Service Web() => new()
    {
        Metadata = new() { Namespace = "default", Name = "web" },
        Spec = new() { Selector = ValueMap.Of(("app", "web")), Ports = [new ServicePort { Port = 80 }] },
    };

    private static async Task RunPodAsync(TestCluster cluster, string name, string node, string ip)
    {
        var pod = Pod(name, node, ip: ip);
        await cluster.Client.CreateAsync(WorkloadTests.ToCreate(pod) with { Spec = pod.Spec }, TestCluster.Cancel);
        await cluster.Client.PatchAsync<Pod>("default", name, Patch.Merge(
            $$"""{"status":{"phase":"Running","podIP":"{{ip}}","podIPs":[{"ip":"{{ip}}"}]} }"""), "status",
            TestCluster.Cancel);
    }
}
