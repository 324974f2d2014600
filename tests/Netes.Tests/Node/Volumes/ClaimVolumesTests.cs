using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;
using Netes.Host;
using Netes.Nodes;
using Netes.Nodes.Volumes;
using Netes.Tests.ControlPlane;
using Netes.Tests.ControlPlane.PersistentVolumes;
using static Netes.Tests.ControlPlane.PersistentVolumes.VolumeObjects;
using static Netes.Tests.ControlPlane.WorkloadTests;

namespace Netes.Tests.Node.Volumes;

/// <summary>The node's part of claims, with a node's rights on a real API server and the real disk.</summary>
public sealed class ClaimVolumesTests : IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netes-claims-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task FolderOfAClaim_IsMadeForItsPodAndGoesWithTheClaim()
    {
        await using var cluster = await StartAsync();
        var of = Class("here", LocalPathVolumes.Provisioner, VolumeBindingMode.WaitForFirstConsumer);
        await cluster.CreateAsync(of with { Parameters = ValueMap.Of(("nodePath", _folder.FullName)) });
        await cluster.CreateAsync(Claim("data", storageClass: "here"));
        await cluster.CreateAsync(Using("pod", "data"));
        var pod = await cluster.WaitForAsync<Pod>("default", "pod", item => item is { Spec.NodeName.Length: > 0 });
        var node = ControlPlaneParts.NodeClient(cluster.Server, pod!.Spec.NodeName);
        var volumes = VolumesOf(cluster, node, pod.Spec.NodeName);
        await volumes.SetUpAsync(pod, pod.Spec.Volumes[0], "data", TestCluster.Cancel);
        var path = volumes.PathOf(pod, pod.Spec.Volumes[0])!;
        Assert.StartsWith(_folder.FullName + "/pvc-", path, StringComparison.Ordinal);
        Assert.Equal(Everybody, new DirectoryInfo(path).UnixFileMode);

        // The mode is the users' from then on.
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(path + "/sub");
        await File.WriteAllTextAsync(path + "/sub/file", "kept", TestCluster.Cancel);
        LocalPathFolders.Make(path);
        Assert.NotEqual(Everybody, new DirectoryInfo(path).UnixFileMode);

        var informers = new InformerSet(node, TimeProvider.System, new Random(1), TestCluster.Loggers);
        var folders = new LocalPathFolders(
            pod.Spec.NodeName, node, informers, TimeProvider.System, NullLogger.Instance);
        cluster.Run(informers.RunAsync);
        cluster.Run(folders.RunAsync);
        await cluster.Client.DeleteAsync<Pod>("default", "pod", new() { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        Assert.True(File.Exists(path + "/sub/file"));
        await cluster.Client.DeleteAsync<PersistentVolumeClaim>("default", "data", null, TestCluster.Cancel);
        await cluster.WaitForListAsync<PersistentVolume>("", items => items.Count == 0);
        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public async Task VolumesThatAreNotThere_AreToldInKubernetesWords()
    {
        await using var cluster = await StartAsync();
        var pod = Using("pod", "data");
        pod = await cluster.CreateAsync(pod with { Spec = pod.Spec with { NodeName = "n1" } });
        var volumes = VolumesOf(cluster, cluster.Client, "n1");
        const string Intro = "Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[], "
            + "failed to process volumes=[data]: error processing PVC default/data: ";
        await FailsAsync(volumes, pod,
            Intro + "failed to fetch PVC from API server: persistentvolumeclaims \"data\" not found");
        await cluster.CreateAsync(Claim("data"));
        await FailsAsync(volumes, pod, Intro + "PVC is not bound");
        var disk = Volume("disk");
        await cluster.CreateAsync(disk with
        {
            Spec = disk.Spec with
            {
                PersistentVolumeSource = new() { Local = new() { Path = _folder.FullName + "/missing" } },
                NodeAffinity = OnNode("n1"),
            },
        });
        await cluster.BoundAsync("data");
        await FailsAsync(volumes, pod, "MountVolume.NewMounter initialization failed for volume \"disk\" : path \""
            + _folder.FullName + "/missing\" does not exist");
        _folder.CreateSubdirectory("missing");
        await volumes.SetUpAsync(pod, pod.Spec.Volumes[0], "data", TestCluster.Cancel);
        Assert.Equal(_folder.FullName + "/missing", volumes.PathOf(pod, pod.Spec.Volumes[0]));

        // From here on for one pod alone.
        var bound = await cluster.Client.GetAsync<PersistentVolume>("", "disk", TestCluster.Cancel);
        await cluster.Client.UpdateAsync(
            bound with { Spec = bound.Spec with { AccessModes = [PersistentVolumeAccessMode.ReadWriteOncePod] } },
            TestCluster.Cancel);
        await FailsAsync(volumes, pod with { Metadata = pod.Metadata with { Uid = "another" } },
            "MountVolume.SetUp failed for volume \"disk\" : volume uses the ReadWriteOncePod access mode and is already "
            + "in use by another pod");
    }

    [Fact]
    public void PathThatTheProvisionerDidNotGive_IsNotDeleted()
    {
        var precious = _folder.CreateSubdirectory("precious");
        var volume = Volume("pvc-1") with
        {
            Spec = new() { PersistentVolumeSource = new() { Local = new() { Path = precious.FullName } } },
        };
        Assert.Throws<TerminalException>(() => LocalPathFolders.Remove(volume));
        Assert.True(precious.Exists);
    }

    private static async Task FailsAsync(ClaimVolumes volumes, Pod pod, string message) => Assert.Equal(message,
        (await Assert.ThrowsAsync<VolumeException>(
            () => volumes.SetUpAsync(pod, pod.Spec.Volumes[0], "data", TestCluster.Cancel))).Message);

    private ClaimVolumes VolumesOf(TestCluster cluster, KubernetesClient client, string node)
    {
        var services = new InformerSet(client, TimeProvider.System, new Random(1), TestCluster.Loggers).Get<Service>();
        var objects = new ClusterObjects(client, services, static _ => { }, TimeProvider.System, TestCluster.Loggers);
        var options = new NodeAgentOptions
        {
            NodeName = node, NodeAddresses = [IPAddress.Loopback], DataDirectory = _folder.FullName + "/kubelet",
        };
        return new ClaimVolumes(objects, options, () => null);
    }
}
