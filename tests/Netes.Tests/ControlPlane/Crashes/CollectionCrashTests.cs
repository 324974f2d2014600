using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Api.Meta;
using Patch = Netes.Client.Patch;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Crashes;

/// <summary>
/// Controllers of slices, namespaces and garbage die around every write that they make: nothing is there twice, and
/// nothing is left.
/// </summary>
public sealed class CollectionCrashTests
{
    [Fact]
    public Task EndpointSlices_followThePods() => CrashScenarios.LiveAsync(
        ["endpointslice-controller", "endpoint-controller"], async (cluster, _) =>
        {
            await WorkloadTests.CreateNodeAsync(cluster, MakeNode("n1"));
            await RunPodAsync(cluster, "a", "10.244.0.1");
            await RunPodAsync(cluster, "b", "10.244.0.2");
            await cluster.Client.CreateAsync(
                new Service
                {
                    Metadata = new() { Namespace = "default", Name = "web" },
                    Spec = new() { Selector = ValueMap.Of(("app", "web")), Ports = [new ServicePort { Port = 80 }] },
                },
                TestCluster.Cancel);
            await ShowsAsync(cluster, "10.244.0.1 10.244.0.2");
            await cluster.Client.DeleteAsync<Pod>(
                "default", "a", new DeleteOptions { GracePeriodSeconds = 0 }, TestCluster.Cancel);
            await ShowsAsync(cluster, "10.244.0.2");
        });

    [Fact]
    public Task MirroredSlices_followTheEndpoints() => CrashScenarios.LiveAsync(
        ["endpointslicemirroring-controller"], async (cluster, _) =>
        {
            await cluster.Client.CreateAsync(
                new Service
                {
                    Metadata = new() { Namespace = "default", Name = "web" },
                    Spec = new() { Ports = [new ServicePort { Port = 80 }] },
                },
                TestCluster.Cancel);
            var made = await cluster.Client.CreateAsync(Listing("10.0.0.1"), TestCluster.Cancel);
            await SlicesAsync(cluster, "10.0.0.1");
            await cluster.Client.UpdateAsync(made with { Subsets = Listing("10.0.0.2").Subsets }, TestCluster.Cancel);
            await SlicesAsync(cluster, "10.0.0.2");
        });

    [Fact]
    public Task Namespace_isEmptiedAndGoes() => CrashScenarios.LiveAsync(["namespace-controller"], async (cluster, _) =>
    {
        await cluster.Client.CreateAsync(new Namespace { Metadata = new() { Name = "old" } }, TestCluster.Cancel);
        await cluster.Client.CreateAsync(
            new ConfigMap { Metadata = new() { Namespace = "old", Name = "map" } }, TestCluster.Cancel);
        await cluster.Client.CreateAsync(
            new Secret { Metadata = new() { Namespace = "old", Name = "secret" } }, TestCluster.Cancel);
        await cluster.Client.DeleteAsync<Namespace>("", "old", null, TestCluster.Cancel);
        await cluster.WaitForAsync<Namespace>("", "old", space => space is null);
        Assert.Empty((await cluster.Client.ListAsync<ConfigMap>("old", null, TestCluster.Cancel)).Items);
        Assert.Empty((await cluster.Client.ListAsync<Secret>("old", null, TestCluster.Cancel)).Items);
    });

    [Theory]
    [InlineData(DeletionPropagation.Foreground, "kept")]
    [InlineData(DeletionPropagation.Background, "kept")]
    [InlineData(DeletionPropagation.Orphan, "kept leaf one two")]
    public Task Dependents_goWithTheirLastOwner(string propagation, string left) => CrashScenarios.LiveAsync(
        ["generic-garbage-collector"], async (cluster, _) =>
        {
            var other = await MapAsync(cluster, "kept");
            var owner = await MapAsync(cluster, "owner");
            var one = await MapAsync(cluster, "one", owner);
            await MapAsync(cluster, "two", owner, other);
            await MapAsync(cluster, "leaf", one);
            await cluster.Client.DeleteAsync<ConfigMap>(
                "default", "owner", new DeleteOptions { PropagationPolicy = propagation }, TestCluster.Cancel);
            var orphans = propagation == DeletionPropagation.Orphan;
            await cluster.WaitForListAsync<ConfigMap>("default", maps =>
                string.Join(' ', maps.Select(map => map.Metadata.Name).Order(StringComparer.Ordinal))
                    == (orphans ? left : $"{left} two")
                && maps.Single(map => map.Metadata.Name == "two").Metadata.OwnerReferences.Count == 1);
        });

    private static async Task ShowsAsync(TestCluster cluster, string addresses)
    {
        await SlicesAsync(cluster, addresses);
        await cluster.WaitForAsync<Netes.Api.Core.Endpoints>("default", "web", endpoints => endpoints is not null
            && string.Join(' ', endpoints.Subsets.SelectMany(subset => subset.NotReadyAddresses)
                .Concat(endpoints.Subsets.SelectMany(subset => subset.Addresses))
                .Select(address => address.IP)) == addresses);
    }

    /// <summary>Each address once, over all slices of the service.</summary>
    private static async Task SlicesAsync(TestCluster cluster, string addresses) =>
        await cluster.WaitForListAsync<EndpointSlice>("default", slices => string.Join(' ', slices
            .Where(slice => slice.Metadata.Labels.Get("kubernetes.io/service-name") == "web")
            .SelectMany(slice => slice.Endpoints)
            .SelectMany(endpoint => endpoint.Addresses)
            .Order(StringComparer.Ordinal)) == addresses);

    private static Netes.Api.Core.Endpoints Listing(string address) => new()
    {
        Metadata = new() { Namespace = "default", Name = "web" },
        Subsets = [new() { Addresses = [new() { IP = address }], Ports = [new() { Port = 8080 }] }],
    };

    private static async Task RunPodAsync(TestCluster cluster, string name, string ip)
    {
        var pod = Pod(name, "n1", ip: ip);
        await cluster.Client.CreateAsync(
            WorkloadTests.ToCreate(pod) with { Spec = pod.Spec }, TestCluster.Cancel);
        await cluster.Client.PatchAsync<Pod>("default", name, Patch.Merge(
            $$"""{"status":{"phase":"Running","podIP":"{{ip}}","podIPs":[{"ip":"{{ip}}"}]} }"""), "status",
            TestCluster.Cancel);
    }

    private static Task<ConfigMap> MapAsync(TestCluster cluster, string name, params ConfigMap[] owners) =>
        cluster.Client.CreateAsync(
            new ConfigMap
            {
                Metadata = new()
                {
                    Namespace = "default",
                    Name = name,
                    OwnerReferences = owners.Select(owner => new OwnerReference
                    {
                        ApiVersion = "v1",
                        Kind = "ConfigMap",
                        Name = owner.Metadata.Name,
                        Uid = owner.Metadata.Uid,
                        BlockOwnerDeletion = true,
                    }).ToValueList(),
                },
            },
            TestCluster.Cancel);
}
