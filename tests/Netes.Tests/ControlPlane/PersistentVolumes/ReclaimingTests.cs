using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.ControlPlane;
using Netes.Tests.ControlPlane.Crashes;
using Patch = Netes.Client.Patch;
using static Netes.Tests.ControlPlane.PersistentVolumes.VolumeObjects;
using static Netes.Tests.ControlPlane.WorkloadTests;

namespace Netes.Tests.ControlPlane.PersistentVolumes;

/// <summary>Who deletes a volume, and what is told of it.</summary>
public sealed class ReclaimingTests
{
    [Theory]
    [InlineData("kubernetes.io/gce-pd", "", "pd.csi.storage.gke.io")]
    [InlineData("kubernetes.io/gce-pd", "another", "pd.csi.storage.gke.io")]
    [InlineData("pd.csi.storage.gke.io", "pd.csi.storage.gke.io", null)]
    [InlineData("disks.example.com", "", null)]
    [InlineData(null, "kept", "kept")]
    public void Driver_IsNamedWhereItServesAnOldPlugin(string? provisioner, string known, string? expected)
    {
        ValueMap<string> annotations = known.Length == 0
            ? default
            : ValueMap.Of(("pv.kubernetes.io/migrated-to", known));
        Assert.Equal(
            expected, MigratedPlugins.Annotated(annotations, provisioner).Get("pv.kubernetes.io/migrated-to"));
    }

    [Fact]
    public async Task VolumesWithoutAClaim_AreTheirProvisionersOrFail()
    {
        var registry = new MetricRegistry();
        await using var cluster = await StartAsync(new() { RootCertificatePem = "pem", Metrics = registry });
        var csi = new PersistentVolumeSource { CSI = new() { Driver = "disks.example.com", VolumeHandle = "d" } };
        var gce = new PersistentVolumeSource { GCEPersistentDisk = new() { PDName = "d" } };
        await OrphanAsync(cluster, "csi", csi);
        await OrphanAsync(cluster, "old", gce, "kubernetes.io/gce-pd");
        await OrphanAsync(cluster, "by-hand", gce);
        var failed = await cluster.PhaseAsync("by-hand", PersistentVolumePhase.Failed);
        Assert.Equal(
            "error getting deleter volume plugin for volume \"by-hand\": no volume plugin matched",
            failed.Status.Message);
        await cluster.PhaseAsync("csi", PersistentVolumePhase.Released);
        var old = await cluster.WaitForAsync<PersistentVolume>("", "old", volume =>
            volume!.Status.Phase == PersistentVolumePhase.Released && !volume.Metadata.Finalizers.Contains(Held));
        Assert.NotNull(Measured.Value(
            registry, "volume_operation_total_errors{plugin_name=\"N/A\",operation_name=\"delete\"}"));
        Assert.Equal("pd.csi.storage.gke.io", old!.Metadata.Annotations.Get("pv.kubernetes.io/migrated-to"));
    }

    [Fact]
    public async Task ClaimThatGoesBeforeItKnowsOfItsVolume_SetsItFree()
    {
        await using var cluster = await TestCluster.StartAsync();
        var life = new ControllerLife(
            cluster, ["persistent-volume-binder"], TimeProvider.System,
            isRefused: static request => request.Method == HttpMethod.Put
                && request.PathAndQuery.Contains("/persistentvolumeclaims/data", StringComparison.Ordinal));
        cluster.Run(life.RunAsync);
        await cluster.CreateAsync(Volume("disk"));
        await cluster.CreateAsync(Claim("data"));
        await cluster.PhaseAsync("disk", PersistentVolumePhase.Bound);
        await cluster.Client.PatchAsync<PersistentVolumeClaim>(
            "default", "data", Patch.Merge("""{"metadata":{"finalizers":null} }"""), "", TestCluster.Cancel);
        await cluster.Client.DeleteAsync<PersistentVolumeClaim>("default", "data", null, TestCluster.Cancel);
        await cluster.PhaseAsync("disk", PersistentVolumePhase.Released);
    }

    [Fact]
    public async Task VolumeThatGrewBeforeItsFileSystem_TellsTheOldSize()
    {
        var registry = new MetricRegistry();
        await using var cluster = await StartAsync(new() { RootCertificatePem = "pem", Metrics = registry });
        var volume = Volume("disk", "2Gi");
        await cluster.CreateAsync(volume with
        {
            Metadata = volume.Metadata with
            {
                Annotations = ValueMap.Of((VolumeFacts.PreResizeCapacity, "1Gi")),
            },
        });
        await cluster.CreateAsync(Claim("data", "2Gi"));
        var bound = await cluster.BoundAsync("data");
        await cluster.CreateAsync(Claim("waiting"));
        await cluster.EventAsync("waiting", "FailedBinding",
            "no persistent volumes available for this claim and no storage class is set");
        await cluster.PhaseAsync("disk", PersistentVolumePhase.Bound);
        Assert.Equal("1", Measured.Value(registry,
            "pv_collector_total_pv_count{plugin_name=\"kubernetes.io/host-path\",volume_mode=\"Filesystem\"}"));
        Assert.Equal("1", Measured.Value(registry, "pv_collector_bound_pv_count{storage_class=\"\"}"));
        const string Labels = "{namespace=\"default\",storage_class=\"\",volume_attributes_class=\"\"}";
        Assert.NotNull(Measured.Value(registry, $"pv_collector_unbound_pvc_count{Labels}"));
        Assert.Equal("0", Measured.Value(registry, "retroactive_storageclass_total"));
        Assert.Equal(Quantity.Parse("1Gi"), bound.Status.Capacity.Get(ResourceName.Storage));
    }

    private const string Held = "kubernetes.io/pv-controller";

    private static async Task OrphanAsync(
        TestCluster cluster, string name, PersistentVolumeSource source, string provisioner = "")
    {
        var volume = Volume(name, policy: "Delete");
        await cluster.CreateAsync(volume with
        {
            Metadata = volume.Metadata with
            {
                Finalizers = [Held],
                Annotations = provisioner.Length == 0
                    ? default
                    : ValueMap.Of(("pv.kubernetes.io/provisioned-by", provisioner)),
            },
            Spec = volume.Spec with
            {
                PersistentVolumeSource = source,
                ClaimRef = new()
                {
                    Kind = "PersistentVolumeClaim", Namespace = "default", Name = $"was-{name}", Uid = "of-a-dead-one",
                },
            },
        });
    }
}
