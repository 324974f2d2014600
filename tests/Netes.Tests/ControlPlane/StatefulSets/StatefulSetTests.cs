using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Api.Meta;
using static Netes.Tests.ControlPlane.WorkloadTests;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane.StatefulSets;

/// <summary>The controller on a real API server; the test plays the nodes.</summary>
public sealed class StatefulSetTests
{
    [Fact]
    public async Task StatefulSet_startsInOrderRollsAndScalesDown()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(NewSet(3), TestCluster.Cancel);
        var first = await cluster.WaitForListAsync<Pod>("default", pods => pods.Count == 1);
        Assert.Equal("web-0", first[0].Metadata.Name);
        Assert.Equal("0", first[0].Metadata.Labels["apps.kubernetes.io/pod-index"]);
        Assert.Equal(("web-0", "web"), (first[0].Spec.Hostname, first[0].Spec.Subdomain));
        await ReadyPodsAsync(cluster, "web:1", 3);
        await PatchAsync(cluster,
            """{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"web:2"}]}}}}""");
        await ReadyPodsAsync(cluster, "web:2", 3);
        var set = await CompleteAsync(cluster, 3);
        Assert.Equal(set.Status.UpdateRevision, set.Status.CurrentRevision);
        await PatchAsync(cluster, """{"spec":{"replicas":1}}""");
        await cluster.WaitForAsync<Pod>(
            "default", "web-2", pod => pod is null or { Metadata.DeletionTimestamp: not null });
        await ReadyPodsAsync(cluster, "web:2", 1);
        await cluster.WaitForListAsync<Event>("default", events =>
            new[]
            {
                ("SuccessfulCreate", "create Pod web-0 in StatefulSet web successful"),
                ("SuccessfulDelete", "delete Pod web-2 in StatefulSet web successful"),
            }.All(told => events.Any(item => (item.Reason, item.Message) == told)));
    }

    [Fact]
    public async Task FormerTemplate_isTheSameRevisionWithANewNumber()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(NewSet(1), TestCluster.Cancel);
        var first = await RevisionAsync(cluster, 1);
        await SetImageAsync(cluster, "web:2");
        await RevisionAsync(cluster, 2);
        await SetImageAsync(cluster, "web:1");
        var again = await RevisionAsync(cluster, 3);
        Assert.Equal(first.Metadata.Name, again.Metadata.Name);
        await cluster.WaitForAsync<StatefulSet>(
            "default", "web", set => set?.Status.UpdateRevision == first.Metadata.Name);
    }

    [Fact]
    public async Task RevisionsBeyondTheLimit_go()
    {
        await using var cluster = await StartAsync();
        var set = NewSet(0);
        await cluster.Client.CreateAsync(
            set with { Spec = set.Spec with { RevisionHistoryLimit = 1 } }, TestCluster.Cancel);
        for (var number = 1; number <= 4; number++)
        {
            await SetImageAsync(cluster, $"web:{number}");
            await RevisionAsync(cluster, number);
        }

        await cluster.WaitForListAsync<ControllerRevision>("default", revisions =>
            revisions.Select(revision => revision.Revision).Order().SequenceEqual([3, 4]));
    }

    [Fact]
    public async Task ClaimTemplates_giveEachPodItsClaimAndPolicyLetsItGo()
    {
        await using var cluster = await StartAsync();
        var set = NewSet(2);
        await cluster.Client.CreateAsync(set with
        {
            Spec = set.Spec with
            {
                PodManagementPolicy = PodManagementPolicyType.Parallel,
                PersistentVolumeClaimRetentionPolicy = new() { WhenDeleted = "Delete", WhenScaled = "Delete" },
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
        }, TestCluster.Cancel);
        var claims = await cluster.WaitForListAsync<PersistentVolumeClaim>("default", items => items.Count == 2);
        Assert.Equal(["data-web-0", "data-web-1"], claims.Select(claim => claim.Metadata.Name).Order());
        Assert.All(claims, claim => Assert.Equal("StatefulSet", Assert.Single(claim.Metadata.OwnerReferences).Kind));
        Assert.All(claims, claim => Assert.Equal("web", claim.Metadata.Labels["app"]));
        var pod = await cluster.WaitForAsync<Pod>("default", "web-1", pod => pod is not null);
        Assert.Equal(
            "data-web-1", Assert.Single(pod!.Spec.Volumes, volume => volume.Name == "data")
                .VolumeSource.PersistentVolumeClaim!.ClaimName);
        await PatchAsync(cluster, """{"spec":{"replicas":1}}""");
        await EndAsync(cluster, "web-1");
        await cluster.WaitForAsync<PersistentVolumeClaim>(
            "default", "data-web-1", claim => claim is null or { Metadata.DeletionTimestamp: not null });
        var kept = await cluster.Client.GetAsync<PersistentVolumeClaim>("default", "data-web-0", TestCluster.Cancel);
        Assert.Null(kept.Metadata.DeletionTimestamp);
    }

    private static Task<StatefulSet> PatchAsync(TestCluster cluster, string patch) =>
        cluster.Client.PatchAsync<StatefulSet>("default", "web", Patch.Strategic(patch), "", TestCluster.Cancel);

    /// <summary>Plays the node: a pod that is told to go is gone.</summary>
    private static async Task EndAsync(TestCluster cluster, string name)
    {
        var told = await cluster.WaitForAsync<Pod>(
            "default", name, pod => pod is null or { Metadata.DeletionTimestamp: not null });
        try
        {
            await cluster.Client.DeleteAsync<Pod>(
                "default", name, new DeleteOptions { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // Without a node it went at once.
            Assert.True(told is null || told.Spec.NodeName.Length == 0);
        }
    }

    private static Task SetImageAsync(TestCluster cluster, string image) => PatchAsync(cluster,
        """{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"IMAGE"}]}}}}"""
            .Replace("IMAGE", image, StringComparison.Ordinal));

    private static async Task<ControllerRevision> RevisionAsync(TestCluster cluster, long number) =>
        (await cluster.WaitForListAsync<ControllerRevision>(
            "default", items => items.Any(item => item.Revision == number)))
            .Single(item => item.Revision == number);

    private static async Task<StatefulSet> CompleteAsync(TestCluster cluster, int replicas) =>
        (await cluster.WaitForAsync<StatefulSet>("default", "web", set => set is not null
            && set.Status.ObservedGeneration == set.Metadata.Generation
            && set.Status.UpdatedReplicas == replicas && set.Status.AvailableReplicas == replicas
            && set.Status.CurrentReplicas == replicas))!;

    private static StatefulSet NewSet(int replicas)
    {
        var set = StatefulSetPlanTests.Set(replicas);
        return set with { Metadata = new() { Namespace = "default", Name = "web" } };
    }
}
