using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;
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
        await cluster.EventAsync("second", "FailedAttachVolume",
            "Multi-Attach error for volume \"disk\" Volume is already exclusively attached to one node and can't be "
            + "attached to another");
        await UseAsync(cluster, "");
        await AttachmentAsync(cluster, "n2");
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
