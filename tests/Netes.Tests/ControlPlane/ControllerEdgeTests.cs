using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Api.Meta;
using Netes.Client;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.WorkloadTests;

namespace Netes.Tests.ControlPlane;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

/// <summary>Rare states that controllers meet, on a real API server.</summary>
public sealed class ControllerEdgeTests
{
    [Fact]
    public async Task OwnersInACircle_GoInForeground()
    {
        await using var cluster = await StartAsync();
        var first = await CreateMapAsync(cluster, "first", null);
        var second = await CreateMapAsync(cluster, "second", first);
        await cluster.Client.UpdateAsync(
            first with { Metadata = first.Metadata with { OwnerReferences = [Reference(second)] } },
            TestCluster.Cancel);
        await cluster.Client.DeleteAsync<ConfigMap>("default", "first",
            new DeleteOptions { PropagationPolicy = DeletionPropagation.Foreground }, TestCluster.Cancel);
        await cluster.WaitForListAsync<ConfigMap>(
            "default", maps => !maps.Any(map => map.Metadata.Name is "first" or "second"));
    }

    [Fact]
    public async Task OwnerInAnotherNamespace_isToldOfAndTheObjectGoes()
    {
        await using var cluster = await StartAsync();
        var owner = await cluster.Client.CreateAsync(
            new ConfigMap { Metadata = new() { Namespace = "kube-system", Name = "owner" } }, TestCluster.Cancel);
        var owned = await CreateMapAsync(cluster, "owned", owner);
        await cluster.WaitForAsync<ConfigMap>("default", "owned", map => map is null);
        var told = $"ownerRef [v1/ConfigMap, namespace: default, name: owner, uid: {owner.Metadata.Uid}] does not "
            + "exist in namespace \"default\"";
        await cluster.WaitForListAsync<Event>("default", events => events.Any(item =>
            item is { Reason: "OwnerRefInvalidNamespace", Type: "Warning" } && item.Message == told
            && item.InvolvedObject.Uid == owned.Metadata.Uid));
    }

    [Fact]
    public async Task TaintWithoutATime_DrivesOutAfterTheToleratedTime()
    {
        await using var cluster = await StartAsync();
        var patient = new Toleration
        {
            Key = "maintenance", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 1,
        };
        await cluster.Client.CreateAsync(
            ToCreate(Pod("a")) with { Spec = Pod("a", "n1").Spec with { Tolerations = [patient] } },
            TestCluster.Cancel);
        await cluster.Client.PatchAsync<Node>("", "n1", Netes.Client.Patch.Strategic(
            """{"spec":{"taints":[{"key":"maintenance","effect":"NoExecute"}]}}"""), "", TestCluster.Cancel);
        await cluster.WaitForAsync<Pod>("default", "a", pod => pod is { Metadata.DeletionTimestamp: not null });
    }

    [Fact]
    public async Task NodeBringsItsRange_NobodyElseGetsIt()
    {
        await using var cluster = await StartAsync();
        await cluster.WaitForListAsync<Node>(
            "", items => items.Count == 2 && items.All(node => node.Spec.PodCIDR.Length > 0));
        var own = MakeNode("own") with { Spec = new() { PodCIDR = "10.244.2.0/24", PodCIDRs = ["10.244.2.0/24"] } };
        await CreateNodeAsync(cluster, own);
        await CreateNodeAsync(cluster, MakeNode("late"));
        var late = await cluster.WaitForAsync<Node>("", "late", node => node is { Spec.PodCIDR.Length: > 0 });
        Assert.Equal("10.244.3.0/24", late!.Spec.PodCIDR);
    }

    [Fact]
    public async Task NodeOutOfService_ItsTerminatingPodsGo()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(
            ToCreate(Pod("a")) with { Spec = Pod("a", "n1").Spec with { TerminationGracePeriodSeconds = 600 } },
            TestCluster.Cancel);
        await cluster.Client.DeleteAsync<Pod>("default", "a", null, TestCluster.Cancel);
        await cluster.Client.PatchAsync<Node>("", "n1", Netes.Client.Patch.Strategic(
            """{"status":{"conditions":[{"type":"Ready","status":"False"}]}}"""), "status", TestCluster.Cancel);
        await cluster.Client.PatchAsync<Node>("", "n1", Netes.Client.Patch.Strategic(
            """{"spec":{"taints":[{"key":"node.kubernetes.io/out-of-service","effect":"NoExecute"}]}}"""), "",
            TestCluster.Cancel);
        await cluster.WaitForAsync<Pod>("default", "a", pod => pod is null);
    }

    [Fact]
    public async Task PodOfANodeThatIsNotThere_IsNoEndpointUntilItIs()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(
            new Service
            {
                Metadata = new() { Namespace = "default", Name = "web" },
                Spec = new() { Selector = ValueMap.Of(("app", "web")), Ports = [new ServicePort { Port = 80 }] },
            },
            TestCluster.Cancel);
        await RunPodAsync(cluster, "here", "n1", "10.244.0.7");
        await RunPodAsync(cluster, "lost", "n9", "10.244.9.7");
        await cluster.WaitForListAsync<EndpointSlice>("default", slices => Addresses(slices) == "10.244.0.7");
        await CreateNodeAsync(cluster, MakeNode("n9"));
        await cluster.WaitForListAsync<EndpointSlice>(
            "default", slices => Addresses(slices) == "10.244.0.7 10.244.9.7");
    }

    private static string Addresses(IEnumerable<EndpointSlice> slices) => string.Join(' ', slices
        .Where(slice => slice.Metadata.Labels.Get("kubernetes.io/service-name", "") == "web")
        .SelectMany(slice => slice.Endpoints)
        .Select(endpoint => endpoint.Addresses[0])
        .Order(StringComparer.Ordinal));

    private static async Task RunPodAsync(TestCluster cluster, string name, string node, string address)
    {
        await cluster.Client.CreateAsync(
            ToCreate(Pod(name)) with { Spec = Pod(name, node).Spec }, TestCluster.Cancel);
        await cluster.Client.PatchAsync<Pod>("default", name, Netes.Client.Patch.Strategic(
            $$"""
            { "status": {"phase":"Running","podIP":"{{address}}","podIPs":[{"ip":"{{address}}"}],
             "conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"}]
            } }
            """), "status", TestCluster.Cancel);
    }

    private static Task<ConfigMap> CreateMapAsync(TestCluster cluster, string name, ConfigMap? owner) =>
        cluster.Client.CreateAsync(
            new ConfigMap
            {
                Metadata = new()
                {
                    Namespace = "default", Name = name, OwnerReferences = owner is null ? [] : [Reference(owner)],
                },
            },
            TestCluster.Cancel);

    private static OwnerReference Reference(ConfigMap owner) => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid,
        BlockOwnerDeletion = true,
    };
}
