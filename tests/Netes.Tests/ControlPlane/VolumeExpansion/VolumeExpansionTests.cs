using Netes.Api;
using Netes.Api.Core;
using Netes.Tests.ControlPlane.Crashes;
using Netes.Tests.ControlPlane.Jobs;
using Netes.Tests.ControlPlane.PersistentVolumes;
using static Netes.Tests.ControlPlane.PersistentVolumes.VolumeObjects;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane.VolumeExpansion;

/// <summary>Claims that are to grow, on a real API server.</summary>
public sealed class VolumeExpansionTests
{
    /// <summary>No other event comes of it than the volume's, which is not listened to: it is tried again.</summary>
    [Fact]
    public async Task VolumeThatIsNotTheClaimsYet_IsLookedAtAgain()
    {
        await using var world = await JobWorld.StartAsync(
            ["expand-controller", "service-account-controller"], (_, _) => null);
        var cluster = world.Cluster;
        var volume = Volume("disk");
        await cluster.CreateAsync(volume with
        {
            Spec = volume.Spec with
            {
                PersistentVolumeSource = new()
                {
                    GCEPersistentDisk = new() { PDName = "disk" },
                },
            },
        });
        var claim = Claim("data", "2Gi");
        var made = await cluster.CreateAsync(claim with { Spec = claim.Spec with { VolumeName = "disk" } });
        await cluster.Client.PatchAsync<PersistentVolumeClaim>("default", "data", Patch.Merge(
            """{"status":{"phase":"Bound","capacity":{"storage":"1Gi"}}}"""), "status", TestCluster.Cancel);
        await cluster.Client.PatchAsync<PersistentVolume>("", "disk", Patch.Merge(
            $$$$"""
            {"spec":{"claimRef":{"apiVersion":"v1","kind":"PersistentVolumeClaim","namespace":"default","name":"data",
                "uid":"{{{{made.Metadata.Uid}}}}"}}}
            """), "", TestCluster.Cancel);
        await cluster.EventAsync("data", "ExternalExpanding",
            "CSI migration enabled for kubernetes.io/gce-pd; waiting for external resizer to expand the pvc");
        await cluster.WaitForAsync<PersistentVolumeClaim>("default", "data", item =>
            item!.Metadata.Annotations.Get("volume.kubernetes.io/storage-resizer") == "pd.csi.storage.gke.io");
    }

    [Fact]
    public Task Resizer_isNamedOnce() => CrashScenarios.LiveAsync(["expand-controller"], async (cluster, _) =>
    {
        var volume = Volume("disk");
        var claim = Claim("data", "2Gi");
        var made = await cluster.CreateAsync(claim with { Spec = claim.Spec with { VolumeName = "disk" } });
        await cluster.CreateAsync(volume with
        {
            Spec = volume.Spec with
            {
                ClaimRef = new()
                {
                    Kind = "PersistentVolumeClaim", Namespace = "default", Name = "data", Uid = made.Metadata.Uid,
                },
                PersistentVolumeSource = new() { GCEPersistentDisk = new() { PDName = "disk" } },
            },
        });
        await cluster.Client.PatchAsync<PersistentVolumeClaim>("default", "data", Patch.Merge(
            """{"status":{"phase":"Bound","capacity":{"storage":"1Gi"}}}"""), "status", TestCluster.Cancel);
        await cluster.WaitForAsync<PersistentVolumeClaim>("default", "data", item =>
            item!.Metadata.Annotations.Get("volume.kubernetes.io/storage-resizer") == "pd.csi.storage.gke.io");
    });
}
