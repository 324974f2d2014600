using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Tests.ControlPlane.Crashes;
using Netes.Tests.ControlPlane.PersistentVolumes;
using static Netes.Tests.ControlPlane.PersistentVolumes.VolumeObjects;
using static Netes.Tests.ControlPlane.WorkloadTests;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane.EphemeralVolumes;

/// <summary>The claims that pods own, on a real API server.</summary>
public sealed class EphemeralVolumeTests
{
    [Fact]
    public Task Claims_areMadeOnceEach() => CrashScenarios.LiveAsync(
        ["ephemeral-volume-controller"], async (cluster, _) =>
        {
            var pod = await cluster.CreateAsync(Owning("web", "one", "two"));
            var claims = await cluster.WaitForListAsync<PersistentVolumeClaim>("default", items => items.Count == 2);
            Assert.Equal(["web-one", "web-two"], claims.Select(claim => claim.Metadata.Name).Order());
            Assert.All(claims, claim => Assert.Equal(
                pod.Metadata.Uid, Assert.Single(claim.Metadata.OwnerReferences.ToArray()).Uid));
        });

    /// <summary>The volumes after it wait as well; what is in the way may be given to the pod.</summary>
    [Fact]
    public async Task ClaimInTheWay_IsLookedAtAgain()
    {
        var registry = new MetricRegistry();
        await using var cluster = await StartAsync(new() { RootCertificatePem = "pem", Metrics = registry });
        await cluster.CreateAsync(Claim("web-one"));
        var pod = await cluster.CreateAsync(Owning("web", "one", "two"));
        await cluster.EventAsync("web", "FailedBinding",
            "ephemeral volume one: PVC default/web-one was not created for pod default/web (pod is not owner)");
        Assert.DoesNotContain(
            (await cluster.Client.ListAsync<PersistentVolumeClaim>("default", null, TestCluster.Cancel)).Items,
            claim => claim.Metadata.Name == "web-two");
        await cluster.Client.PatchAsync<PersistentVolumeClaim>("default", "web-one", Patch.Merge(
            $$$"""
            {"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"web","controller":true,
                "uid":"{{{pod.Metadata.Uid}}}"}]}}
            """), "", TestCluster.Cancel);
        await cluster.WaitForAsync<PersistentVolumeClaim>("default", "web-two", claim => claim is not null);

        // Where the cache was late it tried to make a claim that was there, which counts as a failure.
        await Measured.UntilAsync(
            () => Count(registry, "create_total") - Count(registry, "create_failures_total") == 1);
    }

    private static int Count(MetricRegistry registry, string name) => int.Parse(
        Measured.Value(registry, $"ephemeral_volume_controller_{name}")!, CultureInfo.InvariantCulture);

    [Fact]
    public async Task ClaimThatIsRefused_IsToldWithItsName()
    {
        await using var cluster = await StartAsync();
        await cluster.CreateAsync(new LimitRange
        {
            Metadata = new() { Namespace = "default", Name = "small" },
            Spec = new()
            {
                Limits =
                [
                    new LimitRangeItem
                    {
                        Type = "PersistentVolumeClaim",
                        Max = ValueMap.Of((ResourceName.Storage, Quantity.Parse("1Mi"))),
                    },
                ],
            },
        });
        await cluster.CreateAsync(Owning("web", "one"));
        await cluster.WaitForListAsync<Event>("default", items => items.Any(item =>
            item.InvolvedObject.Name == "web" && item.Reason == "FailedBinding" && item.Message.StartsWith(
                "ephemeral volume one: create PVC web-one: persistentvolumeclaims \"web-one\" is forbidden: ",
                StringComparison.Ordinal)));
    }

    private static Pod Owning(string name, params string[] volumes)
    {
        var pod = ToCreate(Objects.Pod(name));
        return pod with
        {
            Spec = pod.Spec with
            {
                Volumes = volumes.Select(volume => new Volume
                {
                    Name = volume,
                    VolumeSource = new()
                    {
                        Ephemeral = new() { VolumeClaimTemplate = new() { Spec = Claim("x").Spec } },
                    },
                }).ToValueList(),
            },
        };
    }
}
