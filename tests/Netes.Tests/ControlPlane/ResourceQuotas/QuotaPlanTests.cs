using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Rbac;
using Netes.ControlPlane;

namespace Netes.Tests.ControlPlane.ResourceQuotas;

public sealed class QuotaPlanTests
{
    [Theory]
    [InlineData("cpu,requests.memory,limits.cpu,pods,requests.hugepages-2Mi", "pods", false)]
    [InlineData("requests.nvidia.com/gpu", "pods resourceclaims.resource.k8s.io", false)]
    [InlineData("requests.deviceclass.resource.kubernetes.io/gpus", "pods resourceclaims.resource.k8s.io", false)]
    [InlineData("gpus.deviceclass.resource.k8s.io/devices", "resourceclaims.resource.k8s.io", false)]
    [InlineData("services,services.nodeports", "services", false)]
    [InlineData("requests.storage,fast.storageclass.storage.k8s.io/requests.storage", "persistentvolumeclaims", false)]
    [InlineData("configmaps,secrets", "configmaps secrets", false)]
    [InlineData("count/deployments.apps,count/pods", "deployments.apps pods", true)]
    [InlineData("count/nodes,count/nonsense,example,count/events,count/events.events.k8s.io", "", false)]
    public void Names_sayWhatIsCounted(string names, string counted, bool hasUnwatched)
    {
        Assert.Equal(
            counted, string.Join(" ", QuotaPlan.Counted(names.Split(',')).Select(static one => one.QualifiedName)));
        Assert.Equal(hasUnwatched, QuotaPlan.Unwatched(names.Split(',')).Count > 0);
    }

    [Fact]
    public void UnusedNames_areZero() => Assert.Equal(
        ValueMap.Of(("cpu", Quantity.Parse("2")), ("pods", Quantity.Zero)),
        QuotaPlan.Used(
            ValueMap.Of(("cpu", Quantity.Parse("9")), ("pods", Quantity.Parse("9"))),
            ValueMap.Of(("cpu", Quantity.Parse("2")), ("memory", Quantity.Parse("1"))), default, []));

    [Fact]
    public void WhatCannotBeCounted_isWhatItWas() => Assert.Equal(
        ValueMap.Of(("cpu", Quantity.Parse("3")), ("example.com/things", Quantity.Parse("4"))),
        QuotaPlan.Used(
            ValueMap.Of(
                ("cpu", Quantity.Parse("9")), ("memory", Quantity.Parse("9")),
                ("example.com/things", Quantity.Parse("9")), ("example.com/others", Quantity.Parse("9"))),
            ValueMap.Of(("memory", Quantity.Parse("1"))),
            ValueMap.Of(("cpu", Quantity.Parse("3")), ("example.com/things", Quantity.Parse("4"))),
            [Netes.Api.Core.Pod.Resource]));

    [Theory]
    [InlineData("pods", "cpu", true)]
    [InlineData("pods", "count/pods", true)]
    [InlineData("pods", "configmaps", false)]
    [InlineData("services", "services.nodeports", true)]
    [InlineData("services", "pods", false)]
    public void QuotaOfOtherThings_isNotCountedAgain(string resource, string name, bool expected) => Assert.Equal(
        expected, QuotaPlan.Concerns(
            ValueMap.Of((name, Quantity.Parse("1"))),
            Resources.All.First(one => one.QualifiedName == resource)));

    [Fact]
    public void OnlyWhatUsesLess_givesBack()
    {
        var pod = Objects.Pod("a", "n1").Requesting("1", "1Gi");
        Assert.False(GivesBack(pod, pod with { Metadata = pod.Metadata with { Generation = 2 } }));
        Assert.False(GivesBack(pod, pod.Requesting("2", "1Gi")));
        Assert.True(GivesBack(pod, pod.Requesting("500m", "2Gi")));
        Assert.True(GivesBack(pod, pod with { Status = pod.Status with { Phase = PodPhase.Failed } }));
        var ending = pod with
        {
            Metadata = pod.Metadata with
            {
                DeletionTimestamp = Timestamp.From(Objects.Now.AddSeconds(-20)), DeletionGracePeriodSeconds = 30,
            },
        };
        Assert.False(GivesBack(pod, ending));
        Assert.True(GivesBack(pod, ending with
        {
            Metadata = ending.Metadata with { DeletionTimestamp = Timestamp.From(Objects.Now.AddSeconds(-31)) },
        }));
        var web = new Service { Spec = new() { Type = "NodePort", Ports = [new() { Port = 80 }] } };
        Assert.True(QuotaPlan.GivesBack(
            Service.Resource, web, web with { Spec = web.Spec with { Type = "ClusterIP" } }, Objects.Now));
    }

    [Fact]
    public void VolumeThatHasGrown_countsAsItIs()
    {
        var claim = new PersistentVolumeClaim
        {
            Spec = new() { Resources = new() { Requests = ValueMap.Of(("storage", Quantity.Parse("1Gi"))) } },
            Status = new() { AllocatedResources = ValueMap.Of(("storage", Quantity.Parse("2Gi"))) },
        };
        Assert.Equal(Quantity.Parse("2Gi"), Usage(claim)["requests.storage"]);
        var broken = claim with
        {
            Metadata = new() { Annotations = ValueMap.Of(("volume.beta.kubernetes.io/storage-class", "fast")) },
            Spec = new()
            {
                StorageClassName = "slow",
                Resources = new() { Requests = ValueMap.Of(("storage", Quantity.Parse("1500m"))) },
            },
            Status = PersistentVolumeClaimStatus.Empty,
        };
        Assert.Equal("2", Usage(broken)["fast.storageclass.storage.k8s.io/requests.storage"].ToString());

        static ValueMap<Quantity> Usage(PersistentVolumeClaim claim) =>
            QuotaUsage.Of("", "persistentvolumeclaims", claim, Objects.Now);
    }

    [Fact]
    public async Task QuotaOnAnyKind_hearsOfWhatGoes()
    {
        await using var cluster = await WorkloadTests.StartAsync();
        var client = cluster.Client;
        await client.CreateAsync(
            new ResourceQuota
            {
                Metadata = new() { Namespace = "default", Name = "quota" },
                Spec = new() { Hard = ValueMap.Of(("count/roles.rbac.authorization.k8s.io", Quantity.FromValue(1))) },
            },
            TestCluster.Cancel);
        await UsedAsync(cluster, 0);
        foreach (var name in new[] { "one", "two" })
        {
            await client.CreateAsync(
                new Role { Metadata = new() { Namespace = "default", Name = name } }, TestCluster.Cancel);
            await UsedAsync(cluster, 1);
            await client.DeleteAsync<Role>("default", name, null, TestCluster.Cancel);
            await UsedAsync(cluster, 0);
        }
    }

    private static async Task UsedAsync(TestCluster cluster, int expected) => await cluster.WaitForAsync<ResourceQuota>(
        "default", "quota", quota => quota!.Status.Used
            .TryGetValue("count/roles.rbac.authorization.k8s.io", out var used)
            && used == Quantity.FromValue(expected));

    private static bool GivesBack(Pod old, Pod next) =>
        QuotaPlan.GivesBack(Netes.Api.Core.Pod.Resource, old, next, Objects.Now);
}
