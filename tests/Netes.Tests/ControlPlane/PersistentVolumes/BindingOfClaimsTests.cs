using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using static Netes.Tests.ControlPlane.PersistentVolumes.VolumeObjects;
using static Netes.Tests.ControlPlane.WorkloadTests;

namespace Netes.Tests.ControlPlane.PersistentVolumes;

/// <summary>Claims and volumes that were made by hand, on a real API server.</summary>
public sealed class BindingOfClaimsTests
{
    [Fact]
    public async Task SmallestVolumeThatWillDo_IsBoundBothWays()
    {
        await using var cluster = await StartAsync();
        foreach (var volume in (PersistentVolume[])[Volume("huge", "9Gi"), Volume("right", "2Gi"), Volume("tiny")])
        {
            await cluster.CreateAsync(volume);
            await cluster.PhaseAsync(volume.Metadata.Name, PersistentVolumePhase.Available);
        }

        var claim = await cluster.CreateAsync(Claim("data", "1500Mi"));
        var bound = await cluster.BoundAsync("data");
        Assert.Equal("right", bound.Spec.VolumeName);
        Assert.Equal("2Gi", bound.Status.Capacity["storage"].ToString());
        Assert.Equal(["ReadWriteOnce"], bound.Status.AccessModes);
        Assert.Equal("yes", bound.Metadata.Annotations["pv.kubernetes.io/bind-completed"]);
        Assert.Equal("yes", bound.Metadata.Annotations["pv.kubernetes.io/bound-by-controller"]);
        var right = await cluster.PhaseAsync("right", PersistentVolumePhase.Bound);
        Assert.Equal(claim.Metadata.Uid, right.Spec.ClaimRef!.Uid);
        Assert.Equal("yes", right.Metadata.Annotations["pv.kubernetes.io/bound-by-controller"]);
        await cluster.PhaseAsync("huge", PersistentVolumePhase.Available);
    }

    [Fact]
    public async Task ClaimComesFirst_IsBoundWhenItsVolumeComes()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(Claim("data"));
        await cluster.EventAsync("data", "FailedBinding",
            "no persistent volumes available for this claim and no storage class is set");
        await cluster.CreateAsync(Volume("late"));
        Assert.Equal("late", (await cluster.BoundAsync("data")).Spec.VolumeName);
    }

    [Fact]
    public async Task VolumeReservedForAClaim_GoesToNobodyElse()
    {
        await using var cluster = await StartAsync();
        var reserved = Volume("reserved");
        await cluster.CreateAsync(reserved with
        {
            Spec = reserved.Spec with { ClaimRef = new() { Namespace = "default", Name = "mine" } },
        });
        await cluster.PhaseAsync("reserved", PersistentVolumePhase.Available);
        await cluster.CreateAsync(Claim("other"));
        await cluster.EventAsync("other", "FailedBinding",
            "no persistent volumes available for this claim and no storage class is set");
        await cluster.CreateAsync(Claim("mine"));
        Assert.Equal("reserved", (await cluster.BoundAsync("mine")).Spec.VolumeName);
        var volume = await cluster.PhaseAsync("reserved", PersistentVolumePhase.Bound);
        Assert.False(volume.Metadata.Annotations.ContainsKey("pv.kubernetes.io/bound-by-controller"));
    }

    [Fact]
    public async Task NamedVolumeThatDoesNotSuit_IsToldAndNotBound()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(Volume("small"));
        var claim = Claim("data", "5Gi");
        await cluster.CreateAsync(claim with { Spec = claim.Spec with { VolumeName = "small" } });
        await cluster.EventAsync(
            "data", "VolumeMismatch", "Cannot bind to requested volume \"small\": requested PV is too small");
        await cluster.PhaseAsync("small", PersistentVolumePhase.Available);
    }

    [Fact]
    public async Task ClaimOfARetainedVolumeGoes_VolumeIsReleasedAndStays()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(Volume("kept"));
        await cluster.CreateAsync(Claim("data"));
        await cluster.BoundAsync("data");
        await cluster.Client.DeleteAsync<PersistentVolumeClaim>("default", "data", null, TestCluster.Cancel);
        await cluster.WaitForAsync<PersistentVolumeClaim>("default", "data", item => item is null);
        await cluster.PhaseAsync("kept", PersistentVolumePhase.Released);
        await cluster.CreateAsync(Claim("data"));
        await cluster.EventAsync("data", "FailedBinding",
            "no persistent volumes available for this claim and no storage class is set");
    }

    [Fact]
    public async Task VolumeMadeByHandThatShouldBeDeleted_Fails()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(Volume("data", policy: "Delete"));
        await cluster.CreateAsync(Claim("data"));
        await cluster.BoundAsync("data");
        await cluster.Client.DeleteAsync<PersistentVolumeClaim>("default", "data", null, TestCluster.Cancel);
        var failed = await cluster.PhaseAsync("data", PersistentVolumePhase.Failed);
        Assert.Equal("host_path deleter only supports /tmp/.+ but received provided /data/data", failed.Status.Message);
    }

    [Fact]
    public async Task RecycledVolume_IsEmptiedByAPodAndFreeAgain()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(Volume("shared", policy: "Recycle"));
        await cluster.CreateAsync(Claim("data"));
        await cluster.BoundAsync("data");
        await cluster.Client.DeleteAsync<PersistentVolumeClaim>("default", "data", null, TestCluster.Cancel);
        var pod = await cluster.WaitForAsync<Pod>("default", "recycler-for-shared", item => item is not null);
        Assert.Equal("/data/shared", pod!.Spec.Volumes[0].VolumeSource.HostPath!.Path);
        await cluster.Client.PatchAsync<Pod>("default", "recycler-for-shared", Netes.Client.Patch.Strategic(
            """{"status":{"phase":"Succeeded"}}"""), "status", TestCluster.Cancel);
        var free = await cluster.PhaseAsync("shared", PersistentVolumePhase.Available);
        Assert.Null(free.Spec.ClaimRef);
        await cluster.WaitForAsync<Pod>(
            "default", "recycler-for-shared", item => item is null or { Metadata.DeletionTimestamp: not null });
    }

    [Fact]
    public async Task VolumeOfABoundClaimGoes_ClaimIsLost()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(Volume("gone"));
        await cluster.CreateAsync(Claim("data"));
        await cluster.BoundAsync("data");
        await cluster.Client.DeleteAsync<PersistentVolume>("", "gone", null, TestCluster.Cancel);
        await cluster.WaitForAsync<PersistentVolume>(
            "", "gone", item => item is { Metadata.DeletionTimestamp: not null });
        await cluster.Client.PatchAsync<PersistentVolume>("", "gone", Netes.Client.Patch.Merge(
            """{"metadata":{"finalizers":null}}"""), "", TestCluster.Cancel);
        await cluster.WaitForAsync<PersistentVolumeClaim>(
            "default", "data", item => item?.Status.Phase == PersistentVolumeClaimPhase.Lost);
        await cluster.EventAsync(
            "data", "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
    }

    [Fact]
    public async Task DefaultClassComesLater_ClaimThatNamesNoneGetsIt()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(Claim("data", storageClass: null));
        await cluster.EventAsync("data", "FailedBinding",
            "no persistent volumes available for this claim and no storage class is set");
        await cluster.CreateAsync(Class("fast", "example.com/disks", isDefault: true));
        var claim = await cluster.WaitForAsync<PersistentVolumeClaim>("default", "data",
            item => item!.Metadata.Annotations.ContainsKey("volume.kubernetes.io/storage-provisioner"));
        Assert.Equal("fast", claim!.Spec.StorageClassName);
        Assert.Equal("example.com/disks", claim.Metadata.Annotations["volume.kubernetes.io/storage-provisioner"]);
        await cluster.EventAsync("data", "ExternalProvisioning",
            "Waiting for a volume to be created either by the external provisioner 'example.com/disks' or manually by the "
            + "system administrator. If volume creation is delayed, please verify that the provisioner is running and "
            + "correctly registered.");
    }

    [Fact]
    public async Task ClassOfAClaim_DecidesWhatItWaitsFor()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(Claim("lost", storageClass: "nowhere"));
        await cluster.EventAsync("lost", "ProvisioningFailed", "storageclass.storage.k8s.io \"nowhere\" not found");
        await cluster.CreateAsync(Class("manual", "kubernetes.io/no-provisioner"));
        await cluster.CreateAsync(Claim("manual", storageClass: "manual"));
        await cluster.EventAsync(
            "manual", "ProvisioningFailed", "no volume plugin matched name: kubernetes.io/no-provisioner");
        await cluster.CreateAsync(Class("later", "example.com/disks", "WaitForFirstConsumer"));
        await cluster.CreateAsync(Claim("later", storageClass: "later"));
        await cluster.EventAsync(
            "later", "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
    }

    [Fact]
    public async Task ClaimInUse_GoesAfterItsPod()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(Volume("kept"));
        await cluster.CreateAsync(Claim("data"));
        await cluster.BoundAsync("data");
        var pod = Using("user", "data");
        await cluster.CreateAsync(pod with { Spec = pod.Spec with { NodeName = "n1" } });
        await cluster.Client.DeleteAsync<PersistentVolumeClaim>("default", "data", null, TestCluster.Cancel);
        await cluster.WaitForAsync<PersistentVolumeClaim>(
            "default", "data", item => item is { Metadata.DeletionTimestamp: not null });

        // A second claim that nobody uses passes through the same hands: when it is gone the first was looked at.
        await cluster.CreateAsync(Claim("free"));
        await cluster.Client.DeleteAsync<PersistentVolumeClaim>("default", "free", null, TestCluster.Cancel);
        await cluster.WaitForAsync<PersistentVolumeClaim>("default", "free", item => item is null);
        await cluster.WaitForAsync<PersistentVolumeClaim>("default", "data", item => item is not null);
        await cluster.Client.DeleteAsync<Pod>(
            "default", "user", new() { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        await cluster.WaitForAsync<PersistentVolumeClaim>("default", "data", item => item is null);
    }

    [Fact]
    public async Task EphemeralVolume_HasAClaimThatItsPodOwns()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(Claim("web-taken"));
        var pod = ToCreate(Objects.Pod("web"));
        var made = await cluster.CreateAsync(pod with
        {
            Spec = pod.Spec with { Volumes = [Ephemeral("scratch"), Ephemeral("taken")] },
        });
        var claim = await cluster.WaitForAsync<PersistentVolumeClaim>(
            "default", "web-scratch", item => item is not null);
        var owner = Assert.Single(claim!.Metadata.OwnerReferences.ToArray());
        Assert.Equal((made.Metadata.Uid, true), (owner.Uid, owner.Controller));
        await cluster.EventAsync("web", "FailedBinding",
            "ephemeral volume taken: PVC default/web-taken was not created for pod default/web (pod is not owner)");
    }

    private static Volume Ephemeral(string name) => new()
    {
        Name = name,
        VolumeSource = new() { Ephemeral = new() { VolumeClaimTemplate = new() { Spec = Claim("x").Spec } } },
    };
}
