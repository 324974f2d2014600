using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.Nodes.Volumes;

/// <summary>
/// The folders of the built-in provisioner on this node. One is made when a pod mounts it first, and deleted when its
/// volume says that its data is to go; taking the finalizer away says that it is gone. A crash at any point leaves a
/// state from which the next try goes on.
/// Source: github.com/rancher/local-path-provisioner, manager.go (the setup and teardown scripts).
/// </summary>
internal sealed partial class LocalPathFolders
{
    private const UnixFileMode Open = (UnixFileMode)0b111_111_111;
    private const string Unfinished = ".unfinished";
    private const string NamePrefix = "pvc-";

    private readonly string _nodeName;
    private readonly KubernetesClient _client;
    private readonly Informer<PersistentVolume> _volumes;
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly ReconcileLoop<ObjectKey> _loop;
    private readonly ILogger _logger;

    public LocalPathFolders(
        string nodeName, KubernetesClient client, InformerSet informers, TimeProvider time, ILogger logger)
    {
        (_nodeName, _client, _logger) = (nodeName, client, logger);
        _volumes = informers.Get<PersistentVolume>(InformerOptions.Default with
        {
            LabelSelector = $"{LocalPathVolumes.NodeLabel}={nodeName}",
        });
        _queue = new WorkQueue<ObjectKey>(WorkQueueOptions.Default, time);
        _loop = new ReconcileLoop<ObjectKey>("local-path-folders", _queue, ReconcileAsync, 1, logger);
        _volumes.AddHandler(change =>
        {
            if (change.New is { } volume && LocalPathVolumes.IsDataToGo(volume))
            {
                _queue.Add(change.Key);
            }
        });
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        using (_queue)
        {
            await _loop.RunAsync(cancel);
        }
    }

    /// <summary>
    /// Makes the folder, writable by all, at once: what is there keeps the mode that its users gave it.
    /// </summary>
    public static void Make(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var next = path + Unfinished;
        Directory.CreateDirectory(next);
        File.SetUnixFileMode(next, Open);
        HostMounts.Rename(next, path);
    }

    /// <summary>
    /// Deletes the folder with all that is in it. The path comes from an object: it must be one that the provisioner
    /// gives, so that a volume made by hand deletes nothing else.
    /// </summary>
    internal static void Remove(PersistentVolume volume)
    {
        var path = volume.Spec.PersistentVolumeSource.Local!.Path;
        var name = volume.Metadata.Name;
        if (!name.StartsWith(NamePrefix, StringComparison.Ordinal) || !path.StartsWith('/')
            || path.Split('/').Contains("..")
            || !Path.GetFileName(path).StartsWith(name + "_", StringComparison.Ordinal))
        {
            throw new TerminalException($"{path} is no folder of volume {name}");
        }

        if (HostMounts.MountPointsBelow(path).Any())
        {
            throw new IOException($"{path} holds a mount");
        }

        foreach (var folder in (string[])[path, path + Unfinished])
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_volumes.Cache.TryGet(key, out var volume) || !LocalPathVolumes.IsDataToGo(volume)
            || LocalPathVolumes.NodeOf(volume) != _nodeName)
        {
            return ReconcileResult.Done;
        }

        Remove(volume);
        LogRemoved(key.Name);
        try
        {
            await _client.UpdateAsync(
                volume with
                {
                    Metadata = volume.Metadata with
                    {
                        Finalizers = volume.Metadata.Finalizers
                            .Where(static name => name != LocalPathVolumes.Finalizer).ToValueList(),
                    },
                }, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // Gone already.
        }

        return ReconcileResult.Done;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "the data of PersistentVolume {Name} is deleted")]
    private partial void LogRemoved(string name);
}
