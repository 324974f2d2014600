using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Api.Storage;
using Netes.Client;
using Netes.ControlPlane;
using Netes.Simulation.Checks;
using Patch = Netes.Client.Patch;

namespace Netes.Simulation.World;

/// <summary>
/// What people do with storage: claims of disks that were made by hand, pods that share one, volumes that live as long
/// as a pod, and claims that grow.
/// </summary>
/// <param name="client">In their name.</param>
/// <param name="mirror">What they see.</param>
/// <param name="random">What they decide.</param>
internal sealed class Storerooms(KubernetesClient client, Mirror mirror, Random random)
{
    /// <summary>Whose driver attaches disks.</summary>
    public const string Driver = "disks.example.com";

    private const string Namespace = "default";
    private const int MaxReaders = 3;

    // The last is of a kind that Kubernetes itself knew once: it can grow, and no pod mounts it.
    private static readonly string[] Disks = ["disk-0", "disk-1", "old-disk"];
    private int _names;

    /// <summary>The disks that a pod mounts: their claims are named as they are.</summary>
    public static List<string> DisksOf(Pod pod) => pod.Spec.Volumes.IsEmpty
        ? []
        : [.. PodClaims.Of(pod).Where(Disks.Contains)];

    /// <summary>What a node and its controller call a disk.</summary>
    public static string UniqueName(string disk) => $"kubernetes.io/csi/{Driver}^{disk}";

    /// <summary>A claim for each pod of a stateful set.</summary>
    public static PersistentVolumeClaim Template(string name) => new()
    {
        Metadata = new() { Name = name }, Spec = Wanted("local-path"),
    };

    /// <summary>Before anybody works: the classes, and the disks.</summary>
    public async Task MoveInAsync(CancellationToken cancel)
    {
        await LocalPathStorage.EnsureClassAsync(client, cancel);
        foreach (var name in Disks.Select(ClassOf).Distinct(StringComparer.Ordinal))
        {
            await client.CreateAsync(
                new StorageClass
                {
                    Metadata = new() { Name = name },
                    Provisioner = "kubernetes.io/no-provisioner",
                    VolumeBindingMode = VolumeBindingMode.Immediate,
                    AllowVolumeExpansion = true,
                },
                cancel);
        }

        foreach (var disk in Disks)
        {
            await client.CreateAsync(
                new PersistentVolume
                {
                    Metadata = new() { Name = disk },
                    Spec = new()
                    {
                        Capacity = ValueMap.Of(("storage", Quantity.Parse("1Gi"))),
                        AccessModes = [PersistentVolumeAccessMode.ReadWriteOnce],
                        StorageClassName = ClassOf(disk),
                        PersistentVolumeReclaimPolicy = PersistentVolumeReclaimPolicy.Retain,
                        PersistentVolumeSource = disk == "old-disk"
                            ? new() { AWSElasticBlockStore = new() { VolumeID = disk } }
                            : new() { CSI = new() { Driver = Driver, VolumeHandle = disk } },
                    },
                },
                cancel);
        }
    }

    public Task ActAsync(CancellationToken cancel)
    {
        var disk = Disks[random.Next(Disks.Length)];
        var readers = Readers().ToList();
        return random.Next(10) switch
        {
            < 2 => ClaimAsync(disk, cancel),
            < 5 when readers.Count < MaxReaders => ReadAsync(Disks[random.Next(2)], cancel),
            < 7 when readers.Count > 0 => DeleteAsync(readers[random.Next(readers.Count)], cancel),
            < 9 => mirror.Claims.Find($"{Namespace}/{disk}") is null
                ? FreeAsync(disk, cancel)
                : client.DeleteAsync<PersistentVolumeClaim>(Namespace, disk, null, cancel),
            _ => GrowAsync(cancel),
        };
    }

    /// <summary>
    /// In the end one pod mounts each disk, whatever was there before. Does what is to be done next; called again until
    /// nothing is left to do.
    /// </summary>
    public async Task TidyAsync(CancellationToken cancel)
    {
        foreach (var disk in Disks[..2])
        {
            var last = $"last-{disk}";
            foreach (var reader in Readers().Where(pod => pod.Metadata.DeletionTimestamp is null
                && pod.Metadata.Name != last && PodClaims.Of(pod).Contains(disk)).ToList())
            {
                await DeleteAsync(reader, cancel);
            }

            await FreeAsync(disk, cancel);
            if (mirror.Claims.Find($"{Namespace}/{disk}") is null)
            {
                await ClaimAsync(disk, cancel);
            }

            if (mirror.Pods.Find($"{Namespace}/{last}") is null)
            {
                await CreateAsync(last, disk, cancel);
            }
        }

        await FreeAsync("old-disk", cancel);
    }

    /// <summary>Who asks for no disk by its name gets the old one and no other.</summary>
    private static string ClassOf(string disk) => disk == "old-disk" ? "old-disks" : "disks";

    private IEnumerable<Pod> Readers() =>
        mirror.Pods.Items.Where(pod => pod.Metadata.Labels.Get("app", "") == "reader");

    /// <summary>Some do not wait for the pod's end.</summary>
    private Task DeleteAsync(Pod reader, CancellationToken cancel) => client.DeleteAsync<Pod>(
        Namespace, reader.Metadata.Name, new DeleteOptions { GracePeriodSeconds = random.Next(3) == 0 ? 0 : null },
        cancel);

    private Task ClaimAsync(string disk, CancellationToken cancel) => client.CreateAsync(
        new PersistentVolumeClaim
        {
            Metadata = new() { Namespace = Namespace, Name = disk },
            Spec = Wanted(ClassOf(disk)) with { VolumeName = disk == "old-disk" ? "" : disk },
        },
        cancel);

    private static PersistentVolumeClaimSpec Wanted(string storageClass) => new()
    {
        AccessModes = [PersistentVolumeAccessMode.ReadWriteOnce],
        StorageClassName = storageClass,
        Resources = new() { Requests = ValueMap.Of(("storage", Quantity.Parse("1Gi"))) },
    };

    /// <summary>A disk whose claim is gone is made ready for the next.</summary>
    private async Task FreeAsync(string disk, CancellationToken cancel)
    {
        if (mirror.Volumes.Find(disk) is { Status.Phase: PersistentVolumePhase.Released })
        {
            await client.PatchAsync<PersistentVolume>(
                "", disk, Patch.Merge("""{"spec":{"claimRef":null}}"""), "", cancel);
        }
    }

    /// <summary>A claim wants more than its disk has: somebody else is to see to that.</summary>
    private async Task GrowAsync(CancellationToken cancel)
    {
        if (mirror.Claims.Find($"{Namespace}/old-disk") is { Status.Phase: PersistentVolumeClaimPhase.Bound })
        {
            var size = string.Create(CultureInfo.InvariantCulture, $"{2 + _names++}Gi");
            await client.PatchAsync<PersistentVolumeClaim>(
                Namespace, "old-disk",
                Patch.Merge($$"""{"spec":{"resources":{"requests":{"storage":"{{size}}"} } } }"""), "", cancel);
        }
    }

    private Task ReadAsync(string disk, CancellationToken cancel) =>
        CreateAsync(string.Create(CultureInfo.InvariantCulture, $"reader{_names++}"), disk, cancel);

    /// <summary>The pod mounts a disk, and every other one has a volume of its own, too.</summary>
    private async Task CreateAsync(string name, string disk, CancellationToken cancel)
    {
        ValueList<Volume> volumes =
            [new() { Name = "disk", VolumeSource = new() { PersistentVolumeClaim = new() { ClaimName = disk } } }];
        if (random.Next(2) == 0)
        {
            volumes = volumes.Add(new()
            {
                Name = "scratch",
                VolumeSource = new()
                {
                    Ephemeral = new() { VolumeClaimTemplate = new() { Spec = Wanted("local-path") } },
                },
            });
        }

        await client.CreateAsync(
            new Pod
            {
                Metadata = new() { Namespace = Namespace, Name = name, Labels = ValueMap.Of(("app", "reader")) },
                Spec = new()
                {
                    TerminationGracePeriodSeconds = 5,
                    Containers = [new Container { Name = "main", Image = "reader:1" }],
                    Volumes = volumes,
                },
            },
            cancel);
    }
}
