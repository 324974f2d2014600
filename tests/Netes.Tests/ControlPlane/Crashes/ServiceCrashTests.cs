using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Networking;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;
using CoreEndpoints = Netes.Api.Core.Endpoints;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane.Crashes;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

/// <summary>
/// What keeps house around services, namespaces and nodes dies around every write that it makes: whatever was begun
/// ends, and is there once.
/// </summary>
public sealed class ServiceCrashTests
{
    [Fact]
    public Task LoadBalancer_comesAndGoesWithTheTypeAndTheService() => CrashScenarios.LiveAsync(
        ["service-controller"], async (cluster, _) =>
        {
            var node = MakeNode("n1");
            await WorkloadTests.CreateNodeAsync(cluster, node with
            {
                Status = node.Status with { Addresses = [new() { Type = "InternalIP", Address = "10.0.0.1" }] },
            });
            await cluster.Client.CreateAsync(
                new Service
                {
                    Metadata = new() { Namespace = "default", Name = "web" },
                    Spec = new() { Type = "LoadBalancer", Ports = [new ServicePort { Port = 80 }] },
                },
                TestCluster.Cancel);
            await BalancedAsync(cluster, true);
            await TypeAsync(cluster, "ClusterIP");
            await BalancedAsync(cluster, false);
            await TypeAsync(cluster, "LoadBalancer");
            await BalancedAsync(cluster, true);
            await cluster.Client.DeleteAsync<Service>("default", "web", null, TestCluster.Cancel);
            await cluster.WaitForAsync<Service>("default", "web", static service => service is null);
        });

    [Fact]
    public Task Range_becomesReadyAndGoes() => CrashScenarios.LiveAsync(
        ["service-cidrs-controller"], async (cluster, _) =>
        {
            await cluster.Client.CreateAsync(
                new ServiceCIDR { Metadata = new() { Name = "more" }, Spec = new() { CIDRs = ["10.200.0.0/24"] } },
                TestCluster.Cancel);
            await cluster.WaitForAsync<ServiceCIDR>("", "more", static range => range is not null
                && range.Metadata.Finalizers.Count == 1
                && range.Status.Conditions is [{ Type: "Ready", Status: "True" }]);
            await cluster.Client.DeleteAsync<ServiceCIDR>("", "more", null, TestCluster.Cancel);
            await cluster.WaitForAsync<ServiceCIDR>("", "more", static range => range is null);
        },
        ahead: TimeSpan.FromMinutes(1));

    [Fact]
    public Task Quota_isCountedWhateverIsBookedMeanwhile() => CrashScenarios.LiveAsync(
        ["resourcequota-controller"], async (cluster, _) =>
        {
            await cluster.Client.CreateAsync(
                new ResourceQuota
                {
                    Metadata = new() { Namespace = "default", Name = "quota" },
                    Spec = new() { Hard = ValueMap.Of(("configmaps", Quantity.FromValue(5))) },
                },
                TestCluster.Cancel);
            await UsedAsync(cluster, 0);
            foreach (var name in new[] { "a", "b" })
            {
                await cluster.Client.CreateAsync(
                    new ConfigMap { Metadata = new() { Namespace = "default", Name = name } }, TestCluster.Cancel);
            }

            await cluster.Client.DeleteAsync<ConfigMap>("default", "a", null, TestCluster.Cancel);
            await UsedAsync(cluster, 1);
        });

    [Fact]
    public Task Endpoints_goWithTheirServiceWhoeverWroteThem() => CrashScenarios.LiveAsync(
        ["endpoint-controller"], async (cluster, _) =>
        {
            await cluster.Client.CreateAsync(
                new Service
                {
                    Metadata = new() { Namespace = "default", Name = "kept" },
                    Spec = new() { Selector = ValueMap.Of(("app", "web")), Ports = [new ServicePort { Port = 80 }] },
                },
                TestCluster.Cancel);
            await cluster.Client.CreateAsync(
                new Service
                {
                    Metadata = new() { Namespace = "default", Name = "web" },
                    Spec = new() { Ports = [new ServicePort { Port = 80 }] },
                },
                TestCluster.Cancel);
            await cluster.Client.CreateAsync(
                new CoreEndpoints
                {
                    Metadata = new() { Namespace = "default", Name = "web" },
                    Subsets = [new() { Addresses = [new() { IP = "10.0.0.1" }], Ports = [new() { Port = 8080 }] }],
                },
                TestCluster.Cancel);
            await cluster.WaitForAsync<CoreEndpoints>("default", "kept", static item => item is not null);
            await cluster.Client.DeleteAsync<Service>("default", "web", null, TestCluster.Cancel);
            await cluster.WaitForAsync<CoreEndpoints>("default", "web", static item => item is null);
            await cluster.WaitForAsync<CoreEndpoints>("default", "kept", static item => item is not null);
        });

    [Fact]
    public Task Node_isToldOnceHowLongToKeep() => CrashScenarios.LiveAsync(["ttl-controller"], async (cluster, _) =>
    {
        await WorkloadTests.CreateNodeAsync(cluster, MakeNode("n1"));
        await cluster.WaitForAsync<Node>(
            "", "n1", static node => node?.Metadata.Annotations.Get("node.alpha.kubernetes.io/ttl") == "0");
    });

    [Fact]
    public Task NodesRanges_areNeverTheSame() => CrashScenarios.LiveAsync(["node-controller"], async (cluster, _) =>
    {
        await WorkloadTests.CreateNodeAsync(cluster, MakeNode("n1"));
        await WorkloadTests.CreateNodeAsync(cluster, MakeNode("n2"));
        await RangesAsync(cluster, 2);
        await cluster.Client.DeleteAsync<Node>("", "n1", null, TestCluster.Cancel);
        await WorkloadTests.CreateNodeAsync(cluster, MakeNode("n3"));
        await WorkloadTests.CreateNodeAsync(cluster, MakeNode("n4"));
        await RangesAsync(cluster, 3);
    });

    private static async Task RangesAsync(TestCluster cluster, int count)
    {
        var nodes = await cluster.WaitForListAsync<Node>(
            "", nodes => nodes.Count == count && nodes.All(static node => node.Spec.PodCIDR.Length > 0));
        Assert.Equal(count, nodes.Select(static node => node.Spec.PodCIDR).Distinct(StringComparer.Ordinal).Count());
    }

    private static Task TypeAsync(TestCluster cluster, string type) => cluster.Client.PatchAsync<Service>(
        "default", "web", Patch.Merge($$"""{"spec":{"type":"{{type}}"} }"""), "", TestCluster.Cancel);

    private static async Task BalancedAsync(TestCluster cluster, bool expected) => await cluster.WaitForAsync<Service>(
        "default", "web", service => service is not null
            && service.Status.LoadBalancer.Ingress.IsEmpty != expected
            && service.Metadata.Finalizers.Count(static name => name == LoadBalancerPlan.Finalizer)
                == (expected ? 1 : 0));

    private static async Task UsedAsync(TestCluster cluster, int expected) => await cluster.WaitForAsync<ResourceQuota>(
        "default", "quota", quota => quota is not null
            && quota.Status.Used.TryGetValue("configmaps", out var used) && used == Quantity.FromValue(expected));
}
