using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Coordination;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Api.Meta;
using Netes.Client;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;
using ConditionStatus = Netes.Api.Core.ConditionStatus;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane;

/// <summary>Whole controllers and the scheduler on a real API server; the test plays the node.</summary>
public sealed class WorkloadTests
{
    [Fact]
    public async Task Deployment_BecomesBoundPodsAndRollsToANewTemplate()
    {
        await using var cluster = await StartAsync();
        var client = cluster.Client;
        await client.CreateAsync(NewDeployment(2), TestCluster.Cancel);
        await ReadyPodsAsync(cluster, "web:1", 2);
        var done = await CompleteAsync(cluster, 2);
        Assert.Equal("1", done.Metadata.Annotations["deployment.kubernetes.io/revision"]);

        await client.PatchAsync<Deployment>("default", "web", Patch.Strategic(
            """{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"web:2"}]}}}}"""), "",
            TestCluster.Cancel);
        await ReadyPodsAsync(cluster, "web:2", 2);
        done = await CompleteAsync(cluster, 2);
        Assert.Equal("2", done.Metadata.Annotations["deployment.kubernetes.io/revision"]);
        var sets = (await client.ListAsync<ReplicaSet>("default", null, TestCluster.Cancel)).Items;
        Assert.Equal([0, 2], sets.Select(set => set.Spec.Replicas!.Value).Order());
        await cluster.WaitForListAsync<Event>("default", events =>
            events.Any(item => item.Reason == "SuccessfulDelete")
            && events.Any(item => item.Reason == "ScalingReplicaSet"
                && item.Message.EndsWith("from 0 to 2", StringComparison.Ordinal))
            && events.Any(item => item.Reason == "Scheduled"
                && item.Message.StartsWith("Successfully assigned default/web-", StringComparison.Ordinal))
            && events.Any(item => item.Reason == "SuccessfulCreate"
                && item.Message.StartsWith("Created pod: web-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task DeploymentIsDeleted_SetsAndPodsGoWithIt()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(NewDeployment(2), TestCluster.Cancel);
        await ReadyPodsAsync(cluster, "web:1", 2);
        await cluster.Client.DeleteAsync<Deployment>("default", "web", null, TestCluster.Cancel);
        await cluster.WaitForListAsync<ReplicaSet>("default", items => items.Count == 0);
        await cluster.WaitForListAsync<Pod>(
            "default", items => items.All(pod => pod.Metadata.DeletionTimestamp is not null));
    }

    [Fact]
    public async Task DeletedInForeground_OwnerGoesAfterItsPods()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(NewDeployment(1), TestCluster.Cancel);
        await ReadyPodsAsync(cluster, "web:1", 1);
        await CollectorKnowsAllAsync(cluster);
        await cluster.Client.DeleteAsync<Deployment>("default", "web",
            new DeleteOptions { PropagationPolicy = DeletionPropagation.Foreground }, TestCluster.Cancel);
        Assert.NotEmpty(await EndingPodsAsync(cluster));
        Assert.NotNull((await cluster.Client.GetAsync<Deployment>("default", "web", TestCluster.Cancel))
            .Metadata.DeletionTimestamp);
        var gone = cluster.WaitForAsync<Deployment>("default", "web", deployment => deployment is null);
        while (!gone.IsCompleted)
        {
            var ending = EndingPodsAsync(cluster);
            await Task.WhenAny(gone, ending);
            foreach (var pod in ending.IsCompletedSuccessfully ? await ending : [])
            {
                await ActAsync(cluster, pod, 1);
            }
        }

        await gone;
        Assert.Empty((await cluster.Client.ListAsync<ReplicaSet>("default", null, TestCluster.Cancel)).Items);
    }

    /// <summary>
    /// The collector watches each kind for itself, and an owner waits for the dependents that it knows of alone: when
    /// garbage of both kinds is gone that was made just now, it has heard of what was made before.
    /// </summary>
    private static async Task CollectorKnowsAllAsync(TestCluster cluster)
    {
        var garbage = new ObjectMeta
        {
            Namespace = "default",
            Name = "garbage",
            Labels = ValueMap.Of(("app", "garbage")),
            OwnerReferences = [new() { ApiVersion = "v1", Kind = "ConfigMap", Name = "none", Uid = "none" }],
        };
        var template = Deployment(1).Spec.Template;
        await cluster.Client.CreateAsync(
            new ReplicaSet
            {
                Metadata = garbage,
                Spec = new()
                {
                    Replicas = 0,
                    Selector = new() { MatchLabels = garbage.Labels },
                    Template = template with { Metadata = new() { Labels = garbage.Labels } },
                },
            },
            TestCluster.Cancel);
        await cluster.Client.CreateAsync(
            new Pod { Metadata = garbage, Spec = template.Spec with { SchedulerName = "nobody" } }, TestCluster.Cancel);
        await cluster.WaitForAsync<ReplicaSet>("default", "garbage", set => set is null);
        await cluster.WaitForAsync<Pod>("default", "garbage", pod => pod is null);
    }

    /// <summary>
    /// The pods that end, once there are any. There may be one more that does not end yet: the replica set made it
    /// before it heard of its own deletion, and the collector takes it when the first is gone, as in Kubernetes.
    /// </summary>
    private static async Task<IReadOnlyList<Pod>> EndingPodsAsync(TestCluster cluster)
    {
        var pods = await cluster.WaitForListAsync<Pod>(
            "default", items => items.Any(pod => pod.Metadata.DeletionTimestamp is not null));
        return [.. pods.Where(pod => pod.Metadata.DeletionTimestamp is not null)];
    }

    [Fact]
    public async Task DeletedOrphaning_DependentsStayWithoutOwner()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(NewDeployment(1), TestCluster.Cancel);
        await ReadyPodsAsync(cluster, "web:1", 1);
        await cluster.Client.DeleteAsync<Deployment>("default", "web",
            new DeleteOptions { PropagationPolicy = DeletionPropagation.Orphan }, TestCluster.Cancel);
        await cluster.WaitForAsync<Deployment>("default", "web", deployment => deployment is null);
        var sets = (await cluster.Client.ListAsync<ReplicaSet>("default", null, TestCluster.Cancel)).Items;
        Assert.Empty(Assert.Single(sets).Metadata.OwnerReferences);
        await cluster.Client.CreateAsync(NewDeployment(1), TestCluster.Cancel);
        await cluster.WaitForListAsync<ReplicaSet>(
            "default", items => items is [{ Metadata.OwnerReferences.Count: 1 }]);
    }

    [Fact]
    public async Task SilentNode_BecomesUnknownAndItsPodsAreDrivenOut()
    {
        var options = new ControllerOptions { NodeMonitorGracePeriod = TimeSpan.FromSeconds(2) };
        await using var cluster = await StartAsync(options);
        var impatient = new Toleration
        {
            Key = "node.kubernetes.io/unreachable", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 1,
        };
        await cluster.Client.CreateAsync(
            ToCreate(Pod("a")) with { Spec = Pod("a", "n1").Spec with { Tolerations = [impatient] } },
            TestCluster.Cancel);
        cluster.Run(cancel => RenewAsync(cluster, "n2", cancel));
        string[] taints =
            ["node.kubernetes.io/unreachable:NoExecute", "node.kubernetes.io/unreachable:NoSchedule"];
        var node = await cluster.WaitForAsync<Netes.Api.Core.Node>("", "n1", found => found!.Spec.Taints
            .Select(taint => $"{taint.Key}:{taint.Effect}").Order(StringComparer.Ordinal).SequenceEqual(taints));
        var ready = node!.Status.Conditions.First(condition => condition.Type == "Ready");
        Assert.Equal(
            ("Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status."),
            (ready.Status, ready.Reason, ready.Message));
        var gone = await cluster.WaitForAsync<Pod>(
            "default", "a", pod => pod is { Metadata.DeletionTimestamp: not null });
        Assert.Equal("DeletionByTaintManager", Condition(gone, "DisruptionTarget")!.Reason);
        await cluster.WaitForListAsync<Event>("default", events => events.Any(item =>
            item.Reason == "TaintManagerEviction" && item.Message == "Marking for deletion Pod default/a"));
    }

    [Fact]
    public async Task Service_GetsSlicesAndEndpointsOfReadyPods()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(NewDeployment(2), TestCluster.Cancel);
        await cluster.Client.CreateAsync(
            new Service
            {
                Metadata = new() { Namespace = "default", Name = "web" },
                Spec = new()
                {
                    Selector = ValueMap.Of(("app", "web")),
                    Ports = [new ServicePort { Port = 80, TargetPort = 8000 }],
                },
            },
            TestCluster.Cancel);
        await ReadyPodsAsync(cluster, "web:1", 2);
        await cluster.WaitForListAsync<EndpointSlice>("default", slices => slices
            .Where(slice => slice.Metadata.Labels.Get("kubernetes.io/service-name", "") == "web")
            .SelectMany(slice => slice.Endpoints)
            .Count(endpoint => endpoint.Conditions.Ready == true) == 2);
        await cluster.WaitForAsync<Netes.Api.Core.Endpoints>("default", "web",
            endpoints => endpoints is { Subsets: [{ Addresses.Count: 2 }] });
    }

    [Fact]
    public async Task PodThatFitsNowhere_IsToldWhyAndBoundOnceThereIsRoom()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(ToCreate(Pod("big").Requesting("16", "1Gi")), TestCluster.Cancel);
        // Until the node lifecycle has taken it away, the taint of new nodes is the reason that is told.
        var waiting = await cluster.WaitForAsync<Pod>("default", "big", pod =>
            Condition(pod, "PodScheduled")?.Message.Contains("2 Insufficient cpu", StringComparison.Ordinal) == true);
        var condition = Condition(waiting, "PodScheduled")!;
        Assert.Equal(("False", "Unschedulable"), (condition.Status, condition.Reason));
        Assert.Equal(
            "0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: "
            + "0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
            condition.Message);
        await CreateNodeAsync(cluster, MakeNode("large", "32"));
        await cluster.WaitForAsync<Pod>("default", "big", pod => pod?.Spec.NodeName == "large");
    }

    [Fact]
    public async Task Namespace_GetsItsAccountAndAuthorityAndEndsEmpty()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(new Namespace { Metadata = new() { Name = "team" } }, TestCluster.Cancel);
        await cluster.WaitForAsync<ServiceAccount>("team", "default", account => account is not null);
        var map = await cluster.WaitForAsync<ConfigMap>("team", "kube-root-ca.crt", found => found is not null);
        Assert.Equal("pem", map!.Data["ca.crt"]);
        await cluster.Client.DeleteAsync<Namespace>("", "team", null, TestCluster.Cancel);
        await cluster.WaitForAsync<Namespace>("", "team", space => space is null);
        Assert.Empty((await cluster.Client.ListAsync<ConfigMap>("team", null, TestCluster.Cancel)).Items);
    }

    [Fact]
    public async Task NewNodes_GetPodRanges()
    {
        await using var cluster = await StartAsync();
        var nodes = await cluster.WaitForListAsync<Netes.Api.Core.Node>(
            "", items => items.Count == 2 && items.All(node => node.Spec.PodCIDR.Length > 0));
        Assert.Equal(["10.244.0.0/24", "10.244.1.0/24"], nodes.Select(node => node.Spec.PodCIDR).Order());
    }

    /// <summary>Plays the heartbeat of a node.</summary>
    internal static async Task RenewAsync(TestCluster cluster, string node, CancellationToken cancel)
    {
        try
        {
            var lease = await cluster.Client.CreateAsync(
                new Lease { Metadata = new() { Namespace = "kube-node-lease", Name = node } }, cancel);
            using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            while (await beat.WaitForNextTickAsync(cancel))
            {
                var now = MicroTimestamp.From(TimeProvider.System.GetUtcNow());
                lease = await cluster.Client.UpdateAsync(
                    lease with { Spec = lease.Spec with { RenewTime = now } }, cancel);
            }
        }
        catch (Exception end) when (
            cancel.IsCancellationRequested && end is (OperationCanceledException or ApiException))
        {
            // The test is over; the server may have said so first.
        }
    }

    /// <param name="options">Of the controllers.</param>
    /// <param name="before">Makes what controllers and scheduler are to know from their start.</param>
    internal static async Task<TestCluster> StartAsync(
        ControllerOptions? options = null, Func<TestCluster, Task>? before = null,
        Func<Netes.ApiServer.ApiServerOptions, Netes.ApiServer.ApiServerOptions>? server = null)
    {
        var cluster = await TestCluster.StartAsync(server);
        await EnsureNamespaceAsync(cluster);
        await CreateNodeAsync(cluster, MakeNode("n1"));
        await CreateNodeAsync(cluster, MakeNode("n2"));
        await (before?.Invoke(cluster) ?? Task.CompletedTask);
        await cluster.StartControlPlaneAsync(options);
        return cluster;
    }

    private static async Task EnsureNamespaceAsync(TestCluster cluster)
    {
        try
        {
            await cluster.Client.CreateAsync(
                new Namespace { Metadata = new() { Name = "default" } }, TestCluster.Cancel);
        }
        catch (ApiException failure) when (failure.IsAlreadyExists)
        {
            // The server made it at its start.
        }
    }

    internal static async Task CreateNodeAsync(TestCluster cluster, Netes.Api.Core.Node node)
    {
        var created = await cluster.Client.CreateAsync(
            node with { Metadata = new() { Name = node.Metadata.Name, Labels = node.Metadata.Labels } },
            TestCluster.Cancel);
        while (true)
        {
            try
            {
                await cluster.Client.UpdateStatusAsync(created with { Status = node.Status }, TestCluster.Cancel);
                return;
            }
            catch (ApiException failure) when (failure.IsConflict)
            {
                // A controller was quicker: it gives a new node its pod range and its taints.
                created =
                    await cluster.Client.GetAsync<Netes.Api.Core.Node>("", node.Metadata.Name, TestCluster.Cancel);
            }
        }
    }

    internal static Pod ToCreate(Pod pod) => pod with
    {
        Metadata = new() { Namespace = "default", Name = pod.Metadata.Name, Labels = pod.Metadata.Labels },
        Status = PodStatus.Empty,
    };

    internal static Deployment NewDeployment(int replicas)
    {
        var deployment = Deployment(replicas);
        return deployment with { Metadata = new() { Namespace = "default", Name = "web" } };
    }

    /// <summary>Plays the kubelet until so many pods of the image are ready: bound pods run, deleted ones go.</summary>
    internal static async Task ReadyPodsAsync(TestCluster cluster, string image, int count)
    {
        var started = 0;
        while (true)
        {
            var pods = await cluster.WaitForListAsync<Pod>("default", items =>
                items.Any(NeedsWork) || items.Count(pod => Runs(pod, image)) >= count);
            if (pods.Count(pod => Runs(pod, image)) >= count && !pods.Any(NeedsWork))
            {
                return;
            }

            foreach (var pod in pods.Where(NeedsWork))
            {
                await ActAsync(cluster, pod, ++started);
            }
        }
    }

    private static bool NeedsWork(Pod pod) => pod.Spec.NodeName.Length > 0
        && (pod.Metadata.DeletionTimestamp is not null || Condition(pod, "Ready")?.Status != ConditionStatus.True);

    private static bool Runs(Pod pod, string image) =>
        pod.Spec.Containers[0].Image == image && Condition(pod, "Ready")?.Status == ConditionStatus.True
        && pod.Metadata.DeletionTimestamp is null;

    private static async Task ActAsync(TestCluster cluster, Pod pod, int number)
    {
        try
        {
            if (pod.Metadata.DeletionTimestamp is not null)
            {
                var now = new DeleteOptions { GracePeriodSeconds = 0 };
                await cluster.Client.DeleteAsync<Pod>("default", pod.Metadata.Name, now, TestCluster.Cancel);
                return;
            }

            var address = $"10.244.0.{number + 1}";
            await cluster.Client.PatchAsync<Pod>("default", pod.Metadata.Name, Patch.Strategic(
                $$"""
                { "status": {"phase":"Running","podIP":"{{address}}","podIPs":[{"ip":"{{address}}"}],
                 "conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"}]
                } }
                """), "status", TestCluster.Cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // It went in the meantime.
        }
    }

    internal static async Task<Deployment> CompleteAsync(TestCluster cluster, int replicas) =>
        (await cluster.WaitForAsync<Deployment>("default", "web", deployment =>
            deployment is not null
            && deployment.Status.ObservedGeneration == deployment.Metadata.Generation
            && deployment.Status.UpdatedReplicas == replicas
            && deployment.Status.Replicas == replicas
            && deployment.Status.Conditions.Any(condition => condition.Reason == "NewReplicaSetAvailable")))!;

    internal static PodCondition? Condition(Pod? pod, string type) =>
        pod?.Status.Conditions.FirstOrDefault(condition => condition.Type == type);
}
