using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Api.Telemetry;
using Netes.Tests.ControlPlane.Jobs;
using Netes.Tests.ControlPlane.PersistentVolumes;
using static Netes.Tests.ControlPlane.PersistentVolumes.VolumeObjects;
using static Netes.Tests.ControlPlane.WorkloadTests;

namespace Netes.Tests.ControlPlane.AttachDetach;

/// <summary>Volumes of a CSI driver on a real API server; the test plays driver and node.</summary>
public sealed class AttachDetachTests
{
    [Fact]
    public async Task VolumeFollowsItsPod_WhenTheOldNodeHasUnmountedIt()
    {
        await using var cluster = await StartAsync();
        foreach (var node in (string[])["n1", "n2"])
        {
            await ManageAsync(cluster, node);
        }

        var volume = Volume("disk");
        await cluster.CreateAsync(volume with
        {
            Spec = volume.Spec with
            {
                PersistentVolumeSource = new() { CSI = new() { Driver = "disks.example.com", VolumeHandle = "d1" } },
            },
        });
        await cluster.CreateAsync(Claim("data"));
        await cluster.BoundAsync("data");
        await cluster.CreateAsync(On("n1", "first"));
        var attached = await AttachmentAsync(cluster, "n1");

        // sha256 of d1 + disks.example.com + n1.
        Assert.Equal("csi-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            "d1disks.example.comn1"u8)), attached.Metadata.Name);
        await cluster.Client.PatchAsync<VolumeAttachment>("", attached.Metadata.Name, Netes.Client.Patch.Merge(
            """{"status":{"attached":true}}"""), "status", TestCluster.Cancel);
        await ToldAsync(cluster, "n1", "kubernetes.io/csi/disks.example.com^d1");
        await cluster.EventAsync(
            "first", "SuccessfulAttachVolume", "AttachVolume.Attach succeeded for volume \"disk\" ");
        await UseAsync(cluster, "\"kubernetes.io/csi/disks.example.com^d1\"");

        await cluster.CreateAsync(On("n2", "second"));
        await cluster.EventAsync("second", "FailedAttachVolume",
            "Multi-Attach error for volume \"disk\" Volume is already used by pod(s) first");
        await cluster.Client.DeleteAsync<Pod>("default", "first", new() { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        await UseAsync(cluster, "");
        await AttachmentAsync(cluster, "n2");

        // It is told once, however often it is tried.
        var told = (await cluster.Client.ListAsync<Event>("default", null, TestCluster.Cancel)).Items.Where(item =>
            item is { InvolvedObject.Name: "second", Reason: "FailedAttachVolume" });
        Assert.Equal(1, Assert.Single(told).Count);
        var left = (await cluster.Client.ListAsync<VolumeAttachment>("", null, TestCluster.Cancel)).Items;
        Assert.Equal("n2", Assert.Single(left.ToArray()).Spec.NodeName);
        await ToldAsync(cluster, "n1", "");
    }

    /// <summary>
    /// Only the controller of attachments runs; claims and volumes are bound by the test, in an order that watches of
    /// several kinds may show.
    /// </summary>
    [Fact]
    public async Task WhatIsHeardOfLast_Wakes()
    {
        await using var world = await JobWorld.StartAsync(
            ["attachdetach-controller", "service-account-controller"], (_, _) => null);
        var cluster = world.Cluster;
        await CreateNodeAsync(cluster, Objects.MakeNode("n1"));
        await CreateNodeAsync(cluster, Objects.MakeNode("n2"));
        await ManageAsync(cluster, "n2");
        foreach (var name in (string[])["early", "other", "late"])
        {
            var claim = Claim(name);
            await cluster.CreateAsync(claim with
            {
                Metadata = claim.Metadata with
                {
                    Annotations = ValueMap.Of(("pv.kubernetes.io/bind-completed", "yes")),
                },
                Spec = claim.Spec with { VolumeName = name },
            });
        }

        await cluster.CreateAsync(Disk("early", "early"));
        await cluster.CreateAsync(Disk("other", "other"));
        await cluster.CreateAsync(On("n1", "one", "early"));
        await cluster.CreateAsync(On("n2", "two", "late"));
        await cluster.CreateAsync(On("n2", "three", "other"));

        // One worker takes the nodes in turn: when it has attached what came last, it has looked at the rest.
        await AttachedAsync(cluster, "n2 other");
        await cluster.CreateAsync(Disk("late", "late"));
        await AttachedAsync(cluster, "n2 late", "n2 other");
        await ManageAsync(cluster, "n1");
        await AttachedAsync(cluster, "n1 early", "n2 late", "n2 other");
    }

    [Fact]
    public async Task NodeThatIsGone_KeepsForAWhileWhatItUsed()
    {
        await using var world = await JobWorld.StartAsync(
            ["attachdetach-controller", "service-account-controller"], (_, _) => null);
        var cluster = world.Cluster;
        await AttachAsync(cluster, "used", "free");
        await UseAsync(cluster, "\"kubernetes.io/csi/disks.example.com^used\"");
        await cluster.WaitForAsync<Netes.Api.Core.Node>("", "n1", node => !node!.Status.VolumesInUse.IsEmpty);
        var began = world.Time.GetUtcNow();
        await cluster.Client.DeleteAsync<Netes.Api.Core.Node>("", "n1", null, TestCluster.Cancel);
        foreach (var name in (string[])["used", "free"])
        {
            await cluster.Client.DeleteAsync<Pod>(
                "default", name, new() { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        }

        await AttachedAsync(cluster, "n1 used");
        await AttachedAsync(cluster);
        Assert.True(world.Time.GetUtcNow() - began > Netes.ControlPlane.UnmountWaits.Most);
    }

    /// <summary>An administrator says so, whatever the node says.</summary>
    [Fact]
    public async Task NodeThatIsOff_LosesWhatItUses()
    {
        await using var world = await JobWorld.StartAsync(
            ["attachdetach-controller", "service-account-controller"], (_, _) => null);
        var cluster = world.Cluster;
        await AttachAsync(cluster, "used");
        await UseAsync(cluster, "\"kubernetes.io/csi/disks.example.com^used\"");
        await cluster.Client.PatchAsync<Netes.Api.Core.Node>("", "n1", Netes.Client.Patch.Merge(
            """{"spec":{"taints":[{"key":"node.kubernetes.io/out-of-service","effect":"NoExecute"}]}}"""), "",
            TestCluster.Cancel);
        await cluster.Client.DeleteAsync<Pod>("default", "used", new() { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        await AttachedAsync(cluster);
        await ToldAsync(cluster, "n1", "");
    }

    [Fact]
    public void WaitForUnmount_BeginsAnewWhenTheVolumeWasWantedMeanwhile()
    {
        var waits = new Netes.ControlPlane.UnmountWaits();
        Assert.Equal(TimeSpan.FromMinutes(6), waits.Left("n1", "a", Objects.Now));
        waits.Keep("n1", new HashSet<string> { "a" });
        Assert.Equal(TimeSpan.FromMinutes(2), waits.Left("n1", "a", Objects.Now.AddMinutes(4)));
        waits.Keep("n1", new HashSet<string>());
        Assert.Equal(TimeSpan.FromMinutes(6), waits.Left("n1", "a", Objects.Now.AddMinutes(5)));
        Assert.Equal(TimeSpan.FromMinutes(6), waits.Left("n2", "a", Objects.Now.AddMinutes(9)));
    }

    [Fact]
    public void Attachments_areMeasured()
    {
        var registry = new MetricRegistry();
        var disk = Disk("one", "one");
        var metrics = new Netes.ControlPlane.AttachmentMetrics(
            registry, () => [("n1", disk), ("n1", disk)], () => [disk],
            () => [new VolumeAttachment { Spec = new() { Attacher = "other.example.com", NodeName = "n1" } }]);
        metrics.Forced("timeout");
        const string Plugin = "plugin_name=\"kubernetes.io/csi:";
        const string Forced = "attach_detach_controller_attachdetach_controller_forced_detaches";
        Assert.Equal("1", Measured.Value(registry, $"{Forced}{{reason=\"timeout\"}}"));
        Assert.Equal("0", Measured.Value(registry, $"{Forced}{{reason=\"out-of-service\"}}"));
        Assert.Equal("2", Measured.Value(registry, "storage_count_attachable_volumes_in_use{node=\"n1\","
            + "volume_plugin=\"kubernetes.io/csi:disks.example.com\"}"));
        Assert.Equal("1", Measured.Value(registry,
            $"attachdetach_controller_total_volumes{{{Plugin}disks.example.com\",state=\"desired_state_of_world\"}}"));
        Assert.Equal("1", Measured.Value(registry,
            $"attachdetach_controller_total_volumes{{{Plugin}other.example.com\",state=\"actual_state_of_world\"}}"));
    }

    /// <summary>Disks with claims and pods of their names, attached to n1 as their driver says.</summary>
    private static async Task AttachAsync(TestCluster cluster, params string[] names)
    {
        await CreateNodeAsync(cluster, Objects.MakeNode("n1"));
        await ManageAsync(cluster, "n1");
        foreach (var name in names)
        {
            var claim = Claim(name);
            await cluster.CreateAsync(claim with
            {
                Metadata = claim.Metadata with
                {
                    Annotations = ValueMap.Of(("pv.kubernetes.io/bind-completed", "yes")),
                },
                Spec = claim.Spec with { VolumeName = name },
            });
            await cluster.CreateAsync(Disk(name, name));
            await cluster.CreateAsync(On("n1", name, name));
        }

        foreach (var item in await cluster.WaitForListAsync<VolumeAttachment>(
            "", items => items.Count == names.Length))
        {
            await cluster.Client.PatchAsync<VolumeAttachment>("", item.Metadata.Name, Netes.Client.Patch.Merge(
                """{"status":{"attached":true}}"""), "status", TestCluster.Cancel);
        }

        foreach (var name in names)
        {
            await ToldAsync(cluster, "n1", $"kubernetes.io/csi/disks.example.com^{name}");
        }
    }

    private static PersistentVolume Disk(string name, string claim)
    {
        var volume = Volume(name);
        return volume with
        {
            Spec = volume.Spec with
            {
                ClaimRef = new() { Namespace = "default", Name = claim },
                PersistentVolumeSource = new() { CSI = new() { Driver = "disks.example.com", VolumeHandle = name } },
            },
        };
    }

    private static Task AttachedAsync(TestCluster cluster, params string[] expected) =>
        cluster.WaitForListAsync<VolumeAttachment>("", items => items
            .Select(item => $"{item.Spec.NodeName} {item.Spec.Source.PersistentVolumeName}")
            .Order(StringComparer.Ordinal).SequenceEqual(expected));

    private static Task ManageAsync(TestCluster cluster, string node) =>
        cluster.Client.PatchAsync<Netes.Api.Core.Node>("", node, Netes.Client.Patch.Merge(
            """{"metadata":{"annotations":{"volumes.kubernetes.io/controller-managed-attach-detach":"true"}}}"""),
            "", TestCluster.Cancel);

    private static Pod On(string node, string name, string claim = "data")
    {
        var pod = Using(name, claim);
        return pod with { Spec = pod.Spec with { NodeName = node } };
    }

    private static async Task<VolumeAttachment> AttachmentAsync(TestCluster cluster, string node) =>
        (await cluster.WaitForListAsync<VolumeAttachment>("", items => items.Any(item => item.Spec.NodeName == node)))
            .Single(item => item.Spec.NodeName == node);

    private static Task UseAsync(TestCluster cluster, string names) =>
        cluster.Client.PatchAsync<Netes.Api.Core.Node>("", "n1", Netes.Client.Patch.Merge(
            $$$"""{"status":{"volumesInUse":[{{{names}}}]}}"""), "status", TestCluster.Cancel);

    private static Task ToldAsync(TestCluster cluster, string node, string name) =>
        cluster.WaitForAsync<Netes.Api.Core.Node>("", node, item => name.Length == 0
            ? item!.Status.VolumesAttached.IsEmpty
            : item!.Status.VolumesAttached.Any(volume => volume.Name == name));
}
