using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.PersistentVolumes.VolumeObjects;
using static Netes.Tests.ControlPlane.WorkloadTests;

namespace Netes.Tests.ControlPlane.PersistentVolumes;

/// <summary>Pods with claims on a real scheduler and real controllers, with two nodes.</summary>
public sealed class SchedulingOfClaimsTests
{
    private const string Manual = "kubernetes.io/no-provisioner";

    [Fact]
    public async Task ClaimThatWaitsForItsPod_IsProvisionedWhereThePodGoes()
    {
        await using var cluster = await StartAsync();
        await LocalPathStorage.EnsureClassAsync(cluster.Client, TestCluster.Cancel);
        await cluster.CreateAsync(Claim("data", storageClass: null));
        await cluster.CreateAsync(Using("first", "data"));
        var node = await NodeOfAsync(cluster, "first");
        var claim = await cluster.BoundAsync("data");
        Assert.Equal(node, claim.Metadata.Annotations["volume.kubernetes.io/selected-node"]);
        var volume = await cluster.PhaseAsync(claim.Spec.VolumeName, PersistentVolumePhase.Bound);
        Assert.Equal(OnNode(node), volume.Spec.NodeAffinity);
        await cluster.CreateAsync(Using("second", "data"));
        Assert.Equal(node, await NodeOfAsync(cluster, "second"));
    }

    [Fact]
    public async Task VolumeOfOneNode_DrawsItsPodThereAndNoOther()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(Class("disks", Manual, VolumeBindingMode.WaitForFirstConsumer));
        await cluster.CreateAsync(Volume("disk", storageClass: "disks", node: "n2"));
        await cluster.PhaseAsync("disk", PersistentVolumePhase.Available);
        await cluster.CreateAsync(Claim("one", storageClass: "disks"));
        await cluster.CreateAsync(Claim("two", storageClass: "disks"));
        await cluster.CreateAsync(Using("first", "one"));
        Assert.Equal("n2", await NodeOfAsync(cluster, "first"));
        Assert.Equal("disk", (await cluster.BoundAsync("one")).Spec.VolumeName);
        await cluster.CreateAsync(Using("second", "two"));
        await RefusedAsync(cluster, "second",
            "0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind.");

        // Another one comes: the pod is tried again by itself.
        await cluster.CreateAsync(Volume("more", storageClass: "disks", node: "n1"));
        Assert.Equal("n1", await NodeOfAsync(cluster, "second"));
    }

    [Fact]
    public async Task PodsThatCannotHaveTheirVolumes_AreToldWhy()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(Using("nothing", "nowhere"));
        await RefusedAsync(cluster, "nothing",
            "0/2 nodes are available: persistentvolumeclaim \"nowhere\" not found.");
        await cluster.CreateAsync(Class("slow", "example.com/disks"));
        await cluster.CreateAsync(Claim("unbound", storageClass: "slow"));
        await cluster.CreateAsync(Using("early", "unbound"));
        await RefusedAsync(cluster, "early",
            "0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.");
        await cluster.CreateAsync(Class("disks", Manual, VolumeBindingMode.WaitForFirstConsumer));
        await BindToNodeAsync(cluster, "apart", "n1");
        await BindToNodeAsync(cluster, "away", "n2");
        await cluster.CreateAsync(Using("torn", "apart", "away"));
        await RefusedAsync(cluster, "torn", "0/2 nodes are available: 2 node(s) had volume node affinity conflict.");
    }

    [Fact]
    public async Task ClaimForOnePodAlone_IsForOnePodAlone()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(
            Volume("disk", mode: PersistentVolumeAccessMode.ReadWriteOncePod));
        var claim = Claim("data");
        await cluster.CreateAsync(claim with
        {
            Spec = claim.Spec with { AccessModes = [PersistentVolumeAccessMode.ReadWriteOncePod] },
        });
        await cluster.BoundAsync("data");
        await cluster.CreateAsync(Using("first", "data"));
        await NodeOfAsync(cluster, "first");
        await cluster.CreateAsync(Using("second", "data"));
        await RefusedAsync(cluster, "second",
            "0/2 nodes are available: 2 node has pod using PersistentVolumeClaim with the same name and "
            + "ReadWriteOncePod access mode.");
        await cluster.Client.DeleteAsync<Pod>("default", "first", new() { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        await NodeOfAsync(cluster, "second");
    }

    [Fact]
    public async Task ZonesAndLimitsOfDrivers_AreKept()
    {
        await using var cluster = await StartAsync(before: async cluster =>
        {
            await cluster.Client.PatchAsync<Netes.Api.Core.Node>("", "n1", Netes.Client.Patch.Merge(
                """{"metadata":{"labels":{"topology.kubernetes.io/zone":"a"}}}"""), "", TestCluster.Cancel);
            await cluster.Client.PatchAsync<Netes.Api.Core.Node>("", "n2", Netes.Client.Patch.Merge(
                """{"metadata":{"labels":{"topology.kubernetes.io/zone":"b"}}}"""), "", TestCluster.Cancel);
            await cluster.CreateAsync(new CSINode
            {
                Metadata = new() { Name = "n1" },
                Spec = new()
                {
                    Drivers = [new() { Name = "disks.example.com", NodeID = "n1", Allocatable = new() { Count = 1 } }],
                },
            });
        });
        foreach (var name in (string[])["one", "two"])
        {
            var volume = Volume(name);
            await cluster.CreateAsync(volume with
            {
                Metadata = volume.Metadata with { Labels = ValueMap.Of(("topology.kubernetes.io/zone", "a")) },
                Spec = volume.Spec with
                {
                    ClaimRef = new() { Namespace = "default", Name = name },
                    PersistentVolumeSource =
                        new() { CSI = new() { Driver = "disks.example.com", VolumeHandle = name } },
                },
            });
            await cluster.CreateAsync(Claim(name));
            await cluster.BoundAsync(name);
        }

        await cluster.CreateAsync(Using("first", "one"));
        Assert.Equal("n1", await NodeOfAsync(cluster, "first"));
        await cluster.CreateAsync(Using("second", "two"));
        await RefusedAsync(cluster, "second",
            "0/2 nodes are available: 1 node(s) exceed max volume count, 1 node(s) had no available volume zone.");
    }

    [Fact]
    public async Task DriverWithoutRoom_IsNotAsked()
    {
        await using var cluster = await StartAsync(before: async cluster =>
        {
            await cluster.CreateAsync(Class("csi", "disks.example.com", VolumeBindingMode.WaitForFirstConsumer));
            await cluster.CreateAsync(new CSIDriver
            {
                Metadata = new() { Name = "disks.example.com" },
                Spec = new() { StorageCapacity = true },
            });
        });
        await cluster.CreateAsync(Claim("data", "2Gi", "csi"));
        await cluster.CreateAsync(Using("pod", "data"));
        await RefusedAsync(cluster, "pod", "0/2 nodes are available: 2 node(s) did not have enough free storage.");
        await cluster.CreateAsync(new CSIStorageCapacity
        {
            Metadata = new() { Namespace = "default", Name = "n2" },
            StorageClassName = "csi",
            Capacity = Quantity.Parse("5Gi"),
            NodeTopology = new() { MatchLabels = ValueMap.Of(("kubernetes.io/hostname", "n2")) },
        });
        var claim = await cluster.WaitForAsync<PersistentVolumeClaim>("default", "data",
            item => item!.Metadata.Annotations.ContainsKey("volume.kubernetes.io/selected-node"));
        Assert.Equal("n2", claim!.Metadata.Annotations["volume.kubernetes.io/selected-node"]);
    }

    private static async Task<string> NodeOfAsync(TestCluster cluster, string pod) =>
        (await cluster.WaitForAsync<Pod>("default", pod, item => item is { Spec.NodeName.Length: > 0 }))!.Spec.NodeName;

    private static Task RefusedAsync(TestCluster cluster, string pod, string message) =>
        cluster.WaitForAsync<Pod>("default", pod, item => item!.Status.Conditions.Any(condition =>
            condition.Type == PodConditionType.PodScheduled && condition.Reason == "Unschedulable"
            && condition.Message.StartsWith(message, StringComparison.Ordinal)));

    private static async Task BindToNodeAsync(TestCluster cluster, string name, string node)
    {
        var volume = Volume(name, storageClass: "disks", node: node);
        await cluster.CreateAsync(volume with
        {
            Spec = volume.Spec with { ClaimRef = new() { Namespace = "default", Name = name } },
        });
        await cluster.CreateAsync(Claim(name, storageClass: "disks"));
        await cluster.BoundAsync(name);
    }
}
