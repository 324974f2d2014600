using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using Netes.Simulation.Checks;
using Patch = Netes.Client.Patch;

namespace Netes.Simulation.World;

/// <summary>
/// What a node's agent does with volumes: it tells which disks are in use here, waits for those that are to come, and
/// deletes the data of volumes that are given up.
/// </summary>
/// <param name="name">The node.</param>
/// <param name="client">The way to the server.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Its delays.</param>
internal sealed class NodeStorage(string name, KubernetesClient client, TimeProvider time, Random random)
{
    private readonly Dictionary<ObjectKey, Pod> _mounted = [];

    /// <summary>Deletes data until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var logger = Loggers.None.CreateLogger(name);
        var options = new InformerOptions { LabelSelector = $"{LocalPathVolumes.NodeLabel}={name}" };
        var volumes = new Informer<PersistentVolume>(
            client, PersistentVolume.Resource, options, time, new Random(random.Next()), logger);
        using var queue = new WorkQueue<ObjectKey>(new WorkQueueOptions(), time);
        volumes.AddHandler(change => queue.Add(change.Key));
        var loop = new ReconcileLoop<ObjectKey>(
            name, queue, (key, cancel) => ReconcileAsync(volumes, key, cancel), 1, logger);
        await Task.WhenAll(volumes.RunAsync(cancel), loop.RunAsync(cancel));
    }

    /// <summary>False: a disk is not here yet. True: they are, and the server was told that they are used.</summary>
    public async Task<bool> MountAsync(Node? node, Pod pod, List<string> disks, CancellationToken cancel)
    {
        if (disks.Count == 0)
        {
            return true;
        }

        var wanted = disks.Select(Storerooms.UniqueName).ToList();
        if (node is null || wanted.Any(disk => !node.Status.VolumesAttached.Any(item => item.Name == disk)))
        {
            return false;
        }

        await TellAsync(node, [.. node.Status.VolumesInUse.Union(wanted, StringComparer.Ordinal)], cancel);
        _mounted[ObjectKey.Of(pod)] = pod;
        return true;
    }

    /// <summary>A pod that is not known any more, and whose disks are mounted still; null: none are.</summary>
    public Pod? Left(ObjectKey key) => _mounted.GetValueOrDefault(key);

    /// <summary>What no pod uses, and none that was deleted has mounted still, is not in use any more.</summary>
    public async Task UnmountAsync(ObjectKey key, Node? node, IEnumerable<Pod> pods, CancellationToken cancel)
    {
        _mounted.Remove(key);
        if (node is { Status.VolumesInUse.IsEmpty: false })
        {
            var used = pods.Concat(_mounted.Values).SelectMany(Storerooms.DisksOf).Select(Storerooms.UniqueName)
                .ToHashSet(StringComparer.Ordinal);
            await TellAsync(node, [.. node.Status.VolumesInUse.Where(used.Contains)], cancel);
        }
    }

    private async Task TellAsync(Node node, List<string> inUse, CancellationToken cancel)
    {
        if (inUse.Count != node.Status.VolumesInUse.Count)
        {
            var names = string.Join(',', inUse.Order(StringComparer.Ordinal).Select(disk => $"\"{disk}\""));
            await client.PatchAsync<Node>(
                "", name, Patch.Merge($$"""{"status":{"volumesInUse":[{{names}}] } }"""), "status", cancel);
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(
        Informer<PersistentVolume> volumes, ObjectKey key, CancellationToken cancel)
    {
        if (volumes.Cache.TryGet(key, out var volume) && LocalPathVolumes.IsDataToGo(volume))
        {
            var finalizers = volume.Metadata.Finalizers
                .Where(static finalizer => finalizer != LocalPathVolumes.Finalizer).ToValueList();
            await client.UpdateAsync(
                volume with { Metadata = volume.Metadata with { Finalizers = finalizers } }, cancel);
        }

        return ReconcileResult.Done;
    }
}
