using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Client;
using Netes.Tests.ControlPlane.StatefulSets;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Crashes;

/// <summary>
/// The controllers of workloads die around every write that they make: in the end there are as many pods as wanted, of
/// the last template, and nothing that nobody owns.
/// </summary>
public sealed class WorkloadCrashTests
{
    private const string NextImage =
        """{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"web:2"}]}}}}""";

    [Fact]
    public Task Deployment_rolls() => CrashScenarios.LiveAsync(
        ["deployment-controller", "replicaset-controller"], async (cluster, _) =>
        {
            Play(cluster);
            var wanted = Deployment(2) with { Metadata = new() { Namespace = "default", Name = "web" } };
            await cluster.Client.CreateAsync(wanted, TestCluster.Cancel);
            await CompleteAsync(cluster, 2);
            await SetImageAsync<Deployment>(cluster);
            await CompleteAsync(cluster, 2);
            await AssertPodsAsync(cluster, 2);
            var sets = (await cluster.Client.ListAsync<ReplicaSet>("default", null, TestCluster.Cancel)).Items;
            Assert.Equal([0, 2], sets.Select(set => set.Spec.Replicas!.Value).Order());
            Assert.Equal(["1", "2"], sets.Select(set =>
                set.Metadata.Annotations["deployment.kubernetes.io/revision"]).Order());
        });

    [Fact]
    public Task StatefulSet_rolls() => CrashScenarios.LiveAsync(["statefulset-controller"], async (cluster, _) =>
    {
        Play(cluster);
        await cluster.Client.CreateAsync(NewStatefulSet(), TestCluster.Cancel);
        await AtRevisionAsync(cluster, "web:1");
        await SetImageAsync<StatefulSet>(cluster);
        await AtRevisionAsync(cluster, "web:2");
        var pods = await AssertPodsAsync(cluster, 2);
        Assert.Equal(["web-0", "web-1"], pods.Select(pod => pod.Metadata.Name).Order());
        var claims = (await cluster.Client.ListAsync<PersistentVolumeClaim>(
            "default", null, TestCluster.Cancel)).Items;
        Assert.Equal(["data-web-0", "data-web-1"], claims.Select(claim => claim.Metadata.Name).Order());
        Assert.All(claims, claim => Assert.Equal("StatefulSet", Assert.Single(claim.Metadata.OwnerReferences).Kind));
        await AssertRevisionsAsync(cluster);
    });

    [Fact]
    public Task DaemonSet_rolls() => CrashScenarios.LiveAsync(["daemon-set-controller"], async (cluster, _) =>
    {
        Play(cluster);
        foreach (var name in new[] { "n1", "n2" })
        {
            // A new node is tainted until the controller of nodes, which does not run here, has seen it ready.
            await WorkloadTests.CreateNodeAsync(cluster, MakeNode(name));
            await cluster.Client.PatchAsync<Netes.Api.Core.Node>(
                "", name, Patch.Merge("""{"spec":{"taints":null}}"""), "", TestCluster.Cancel);
        }

        var template = Deployment(1).Spec;
        await cluster.Client.CreateAsync(
            new DaemonSet
            {
                Metadata = new() { Namespace = "default", Name = "web" },
                Spec = new() { Selector = template.Selector, Template = template.Template },
            },
            TestCluster.Cancel);
        await RunsAsync(cluster);
        await SetImageAsync<DaemonSet>(cluster);
        await RunsAsync(cluster);
        await AssertPodsAsync(cluster, 2);
        await AssertRevisionsAsync(cluster);
    });

    private static void Play(TestCluster cluster) =>
        cluster.Run(new PlayedKubelet(cluster, _ => PlayedKubelet.Running).RunAsync);

    private static Task SetImageAsync<T>(TestCluster cluster)
        where T : class, IResource<T> => cluster.Client.PatchAsync<T>(
            "default", "web", Patch.Strategic(NextImage), "", TestCluster.Cancel);

    private static async Task CompleteAsync(TestCluster cluster, int replicas) =>
        await cluster.WaitForAsync<Deployment>("default", "web", deployment => deployment is not null
            && deployment.Status.ObservedGeneration == deployment.Metadata.Generation
            && deployment.Status.UpdatedReplicas == replicas && deployment.Status.Replicas == replicas
            && deployment.Status.AvailableReplicas == replicas
            && deployment.Metadata.Annotations.ContainsKey("deployment.kubernetes.io/revision"));

    private static async Task AtRevisionAsync(TestCluster cluster, string image)
    {
        await cluster.WaitForAsync<StatefulSet>("default", "web", set => set is not null
            && set.Spec.Template.Spec.Containers[0].Image == image
            && set.Status.ObservedGeneration == set.Metadata.Generation
            && set.Status.UpdatedReplicas == 2 && set.Status.AvailableReplicas == 2
            && set.Status.CurrentRevision == set.Status.UpdateRevision);
    }

    private static async Task RunsAsync(TestCluster cluster) =>
        await cluster.WaitForAsync<DaemonSet>("default", "web", set => set is not null
            && set.Status.ObservedGeneration == set.Metadata.Generation
            && set.Status.UpdatedNumberScheduled == 2 && set.Status.NumberAvailable == 2);

    private static async Task<IReadOnlyList<Pod>> AssertPodsAsync(TestCluster cluster, int count)
    {
        var pods = await cluster.WaitForListAsync<Pod>(
            "default", items => items.All(pod => pod.Metadata.DeletionTimestamp is null));
        Assert.Equal(count, pods.Count);
        Assert.All(pods, pod => Assert.Equal("web:2", pod.Spec.Containers[0].Image));
        Assert.All(pods, pod => Assert.NotNull(ObjectReferences.ControllerOf(pod.Metadata)));
        return pods;
    }

    private static async Task AssertRevisionsAsync(TestCluster cluster)
    {
        var revisions = (await cluster.Client.ListAsync<ControllerRevision>(
            "default", null, TestCluster.Cancel)).Items;
        Assert.Equal([1, 2], revisions.Select(revision => revision.Revision).Order());
    }

    private static StatefulSet NewStatefulSet()
    {
        var set = StatefulSetPlanTests.Set(2);
        return set with
        {
            Metadata = new() { Namespace = "default", Name = "web" },
            Spec = set.Spec with
            {
                PersistentVolumeClaimRetentionPolicy = new() { WhenDeleted = "Delete", WhenScaled = "Retain" },
                VolumeClaimTemplates =
                [
                    new PersistentVolumeClaim
                    {
                        Metadata = new() { Name = "data" },
                        Spec = new()
                        {
                            AccessModes = ["ReadWriteOnce"],
                            Resources = new() { Requests = ValueMap.Of(("storage", Quantity.Parse("1Gi"))) },
                        },
                    },
                ],
            },
        };
    }
}
