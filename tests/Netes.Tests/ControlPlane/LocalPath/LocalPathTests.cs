using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;
using Netes.ControlPlane;
using Netes.Tests.ControlPlane.PersistentVolumes;
using static Netes.Tests.ControlPlane.PersistentVolumes.VolumeObjects;
using static Netes.Tests.ControlPlane.WorkloadTests;

namespace Netes.Tests.ControlPlane.LocalPath;

/// <summary>The built-in provisioner on a real API server; the test plays the node.</summary>
public sealed class LocalPathTests
{
    [Fact]
    public async Task ClaimWithANode_GetsAVolumeThereAndTakesItAlong()
    {
        await using var cluster = await StartAsync();
        await LocalPathStorage.EnsureClassAsync(cluster.Client, TestCluster.Cancel);
        var claim = await cluster.CreateAsync(On("n2", Claim("data", storageClass: "local-path")));
        var bound = await cluster.BoundAsync("data");
        var name = $"pvc-{claim.Metadata.Uid}";
        Assert.Equal(name, bound.Spec.VolumeName);
        var volume = await cluster.PhaseAsync(name, PersistentVolumePhase.Bound);
        Assert.Equal(
            $"/var/local-path-provisioner/{name}_default_data", volume.Spec.PersistentVolumeSource.Local!.Path);
        Assert.Equal(OnNode("n2"), volume.Spec.NodeAffinity);
        Assert.Equal("Delete", volume.Spec.PersistentVolumeReclaimPolicy);
        Assert.Equal("n2", LocalPathVolumes.NodeOf(volume));
        await cluster.EventAsync("data", "ProvisioningSucceeded", $"Successfully provisioned volume {name}");

        await cluster.Client.DeleteAsync<PersistentVolumeClaim>("default", "data", null, TestCluster.Cancel);
        await cluster.WaitForAsync<PersistentVolume>(
            "", name, item => item is not null && LocalPathVolumes.IsDataToGo(item)
                && item.Metadata.Finalizers.Count == 1);
        await cluster.Client.PatchAsync<PersistentVolume>("", name, Netes.Client.Patch.Merge(
            """{"metadata":{"finalizers":null}}"""), "", TestCluster.Cancel);
        await cluster.WaitForAsync<PersistentVolume>("", name, item => item is null);
    }

    [Fact]
    public async Task NodeIsGone_ItsVolumesGoWithoutIt()
    {
        await using var cluster = await StartAsync();
        await LocalPathStorage.EnsureClassAsync(cluster.Client, TestCluster.Cancel);
        await cluster.CreateAsync(On("n2", Claim("data", storageClass: "local-path")));
        var name = (await cluster.BoundAsync("data")).Spec.VolumeName;
        await cluster.Client.DeleteAsync<PersistentVolumeClaim>("default", "data", null, TestCluster.Cancel);
        await cluster.WaitForAsync<PersistentVolume>(
            "", name, item => item is not null && LocalPathVolumes.IsDataToGo(item));
        await cluster.Client.DeleteAsync<Netes.Api.Core.Node>("", "n2", null, TestCluster.Cancel);
        await cluster.WaitForAsync<PersistentVolume>("", name, item => item is null);
    }

    [Fact]
    public async Task ClaimThatCannotBeServed_IsToldWhy()
    {
        await using var cluster = await StartAsync();
        await LocalPathStorage.EnsureClassAsync(cluster.Client, TestCluster.Cancel);
        var shared = On("n1", Claim("shared", storageClass: "local-path"));
        await cluster.CreateAsync(shared with
        {
            Spec = shared.Spec with { AccessModes = [PersistentVolumeAccessMode.ReadWriteMany] },
        });
        await cluster.EventAsync("shared", "ProvisioningFailed",
            "failed to provision volume with StorageClass \"local-path\": "
            + "NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes");

        // The scheduler is to choose another node.
        await cluster.CreateAsync(On("nowhere", Claim("lost", storageClass: "local-path")));
        await cluster.EventAsync("lost", "ProvisioningFailed",
            "failed to provision volume with StorageClass \"local-path\": "
            + "failed to get target node: nodes \"nowhere\" not found");
        await cluster.WaitForAsync<PersistentVolumeClaim>("default", "lost", item =>
            !item!.Metadata.Annotations.ContainsKey("volume.kubernetes.io/selected-node"));

        await cluster.CreateAsync(Class("eager", LocalPathVolumes.Provisioner));
        await cluster.CreateAsync(Claim("eager", storageClass: "eager"));
        await cluster.EventAsync("eager", "ProvisioningFailed",
            "failed to provision volume with StorageClass \"eager\": configuration error, no node was specified");
    }

    [Fact]
    public async Task ClassThatSomebodyChanged_StaysAsItIs()
    {
        await using var cluster = await TestCluster.StartAsync();
        await LocalPathStorage.EnsureClassAsync(cluster.Client, TestCluster.Cancel);
        var made = await cluster.Client.GetAsync<StorageClass>("", "local-path", TestCluster.Cancel);
        await cluster.Client.UpdateAsync(
            made with { Metadata = made.Metadata with { Annotations = default } }, TestCluster.Cancel);
        await LocalPathStorage.EnsureClassAsync(cluster.Client, TestCluster.Cancel);
        Assert.True((await cluster.Client.GetAsync<StorageClass>("", "local-path", TestCluster.Cancel))
            .Metadata.Annotations.IsEmpty);
    }

    internal static PersistentVolumeClaim On(string node, PersistentVolumeClaim claim) => claim with
    {
        Metadata = claim.Metadata with
        {
            Annotations = ValueMap.Of(("volume.kubernetes.io/selected-node", node)),
        },
    };
}
