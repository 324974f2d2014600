using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane;
using Netes.Tests.ControlPlane.Crashes;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.PersistentVolumes.VolumeObjects;
using static Netes.Tests.ControlPlane.WorkloadTests;

namespace Netes.Tests.ControlPlane.PersistentVolumes;

/// <summary>
/// The controllers of volumes die around each of their writes. In the end there is one volume for each claim, and when
/// the claims are gone, none that was made for them.
/// </summary>
public sealed class CrashTests
{
    private static readonly string[] _accounts =
        ["persistent-volume-binder", "pv-protection-controller", "pvc-protection-controller"];

    [Fact]
    public Task VolumeMadeForAClaim_IsMadeOnceAndGoesWithIt() => CrashScenarios.LiveAsync(
        _accounts, async (cluster, _) =>
        {
            await CreateNodeAsync(cluster, MakeNode("n1"));
            await LocalPathStorage.EnsureClassAsync(cluster.Client, TestCluster.Cancel);
            var claim = Claim("data", storageClass: "local-path");
            var made = await cluster.CreateAsync(claim with
            {
                Metadata = claim.Metadata with
                {
                    Annotations = ValueMap.Of(("volume.kubernetes.io/selected-node", "n1")),
                },
            });
            var bound = await cluster.BoundAsync("data");
            Assert.Equal($"pvc-{made.Metadata.Uid}", bound.Spec.VolumeName);
            var volume = await cluster.PhaseAsync(bound.Spec.VolumeName, PersistentVolumePhase.Bound);
            Assert.Equal(made.Metadata.Uid, volume.Spec.ClaimRef!.Uid);
            Assert.Single(
                (await cluster.Client.ListAsync<PersistentVolume>("", null, TestCluster.Cancel)).Items.ToArray());

            // With its node the folder is gone, so that nobody else has to take part in the end.
            await cluster.Client.DeleteAsync<Netes.Api.Core.Node>("", "n1", null, TestCluster.Cancel);
            await cluster.Client.DeleteAsync<PersistentVolumeClaim>("default", "data", null, TestCluster.Cancel);
            await cluster.WaitForListAsync<PersistentVolumeClaim>("default", items => items.Count == 0);
            await cluster.WaitForListAsync<PersistentVolume>("", items => items.Count == 0);
        });

    [Fact]
    public Task VolumesMadeByHand_AreEachOneClaimsAndReleased() => CrashScenarios.LiveAsync(
        _accounts, async (cluster, _) =>
        {
            string[] names = ["one", "two"];
            foreach (var name in names)
            {
                await cluster.CreateAsync(Volume(name));
                await cluster.CreateAsync(Claim(name));
            }

            foreach (var name in names)
            {
                var bound = await cluster.BoundAsync(name);
                var volume = await cluster.PhaseAsync(bound.Spec.VolumeName, PersistentVolumePhase.Bound);
                Assert.Equal(bound.Metadata.Uid, volume.Spec.ClaimRef!.Uid);
            }

            foreach (var name in names)
            {
                await cluster.Client.DeleteAsync<PersistentVolumeClaim>("default", name, null, TestCluster.Cancel);
            }

            await cluster.WaitForListAsync<PersistentVolume>(
                "", items => items.All(item => item.Status.Phase == PersistentVolumePhase.Released));
        });
}
