using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.ControlPlane;
using Netes.Tests.ControlPlane.Crashes;
using Netes.Tests.ControlPlane.PersistentVolumes;
using static Netes.Tests.ControlPlane.PersistentVolumes.VolumeObjects;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane.VolumeProtection;

/// <summary>What is in use goes after its users.</summary>
public sealed class VolumeProtectionTests
{
    [Fact]
    public Task ClassOfAttributes_GoesAfterThoseThatNameIt() => CrashScenarios.LiveAsync(
        ["volumeattributesclass-protection-controller"], async (cluster, _) =>
        {
            foreach (var name in new[] { "fast", "slow", "free" })
            {
                await cluster.CreateAsync(new VolumeAttributesClass
                {
                    Metadata = new() { Name = name },
                    DriverName = "disks.example.com",
                    Parameters = ValueMap.Of(("speed", name)),
                });
                await cluster.WaitForAsync<VolumeAttributesClass>("", name, item =>
                    item!.Metadata.Finalizers.SequenceEqual([AttributesClassProtectionController.Finalizer]));
            }

            var (claim, volume) = (Claim("data"), Volume("disk"));
            await cluster.CreateAsync(claim with { Spec = claim.Spec with { VolumeAttributesClassName = "fast" } });
            await cluster.CreateAsync(volume with
            {
                Spec = volume.Spec with
                {
                    VolumeAttributesClassName = "slow",
                    PersistentVolumeSource = new() { CSI = new() { Driver = "disks.example.com", VolumeHandle = "d" } },
                },
            });
            foreach (var name in new[] { "fast", "slow", "free" })
            {
                await cluster.Client.DeleteAsync<VolumeAttributesClass>("", name, null, TestCluster.Cancel);
            }

            await cluster.WaitForListAsync<VolumeAttributesClass>("", items => items.Count == 2
                && items.All(item => item.Metadata.DeletionTimestamp is not null));
            await cluster.Client.PatchAsync<PersistentVolumeClaim>("default", "data", Patch.Merge(
                """{"metadata":{"finalizers":null}}"""), "", TestCluster.Cancel);
            await cluster.Client.DeleteAsync<PersistentVolumeClaim>("default", "data", null, TestCluster.Cancel);
            await cluster.WaitForAsync<VolumeAttributesClass>("", "fast", item => item is null);
            await cluster.Client.PatchAsync<PersistentVolume>("", "disk", Patch.Merge(
                """{"metadata":{"finalizers":null}}"""), "", TestCluster.Cancel);
            await cluster.Client.DeleteAsync<PersistentVolume>("", "disk", null, TestCluster.Cancel);
            await cluster.WaitForListAsync<VolumeAttributesClass>("", items => items.Count == 0);
        });

    [Fact]
    public void ClassesOfAClaim_AreThoseItHasWantsAndIsGiven()
    {
        var claim = Claim("data");
        claim = claim with
        {
            Spec = claim.Spec with { VolumeAttributesClassName = "wanted" },
            Status = new()
            {
                CurrentVolumeAttributesClassName = "had",
                ModifyVolumeStatus = new() { TargetVolumeAttributesClassName = "given" },
            },
        };
        Assert.Equal(["given", "had", "wanted"], AttributesClassProtectionController.ClassesOf(claim));
        Assert.Empty(AttributesClassProtectionController.ClassesOf(Claim("other")));
    }

    /// <summary>A finalizer keeps the object of a pod of which nothing runs any more.</summary>
    [Fact]
    public async Task PodThatIsOver_KeepsWhatItNamesNotWhatItOwns()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.Client.CreateAsync(
            new ServiceAccount { Metadata = new() { Namespace = "default", Name = "default" } }, TestCluster.Cancel);
        cluster.Run(new ControllerLife(
            cluster, ["pvc-protection-controller", "ephemeral-volume-controller"], TimeProvider.System).RunAsync);
        await cluster.CreateAsync(Claim("named"));
        var pod = Using("user", "named");
        await cluster.CreateAsync(pod with
        {
            Metadata = pod.Metadata with { Finalizers = ["example.com/held"] },
            Spec = pod.Spec with
            {
                NodeName = "n1",
                Volumes = pod.Spec.Volumes.Add(new Volume
                {
                    Name = "own",
                    VolumeSource = new()
                    {
                        Ephemeral = new() { VolumeClaimTemplate = new() { Spec = Claim("x").Spec } },
                    },
                }),
            },
        });
        await cluster.WaitForAsync<PersistentVolumeClaim>("default", "user-own", item => item is not null);
        await cluster.Client.DeleteAsync<Pod>("default", "user", new() { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        foreach (var name in new[] { "named", "user-own" })
        {
            await cluster.Client.DeleteAsync<PersistentVolumeClaim>("default", name, null, TestCluster.Cancel);
        }

        await cluster.WaitForAsync<PersistentVolumeClaim>("default", "user-own", item => item is null);
        await cluster.CreateAsync(Claim("free"));
        await cluster.Client.DeleteAsync<PersistentVolumeClaim>("default", "free", null, TestCluster.Cancel);
        await cluster.WaitForAsync<PersistentVolumeClaim>("default", "free", item => item is null);
        Assert.NotNull((await cluster.Client.GetAsync<PersistentVolumeClaim>("default", "named", TestCluster.Cancel))
            .Metadata.DeletionTimestamp);
        await cluster.Client.PatchAsync<Pod>("default", "user", Patch.Merge(
            """{"metadata":{"finalizers":null}}"""), "", TestCluster.Cancel);
        await cluster.WaitForAsync<PersistentVolumeClaim>("default", "named", item => item is null);
    }
}
