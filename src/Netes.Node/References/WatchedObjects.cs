using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Client;

namespace Netes.Nodes;

/// <summary>
/// The objects of one kind that pods of this node use, each watched by itself, because a node may see no others.
/// Source: pkg/kubelet/util/manager/watch_based_manager.go.
/// </summary>
internal sealed class WatchedObjects<T>(
    KubernetesClient client, Action<string> changed, TimeProvider time, ILoggerFactory loggers)
    where T : class, IResource<T>
{
    private static readonly TimeSpan SyncLimit = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<ObjectKey, Watched> watched = [];
    private readonly Random random = new();

    /// <summary>Says which objects of a namespace a pod uses from now on.</summary>
    public void Hold(string podUid, string podNamespace, ImmutableHashSet<string> names)
    {
        lock (gate)
        {
            foreach (var (key, entry) in watched.Where(pair =>
                pair.Value.Pods.Contains(podUid)
                    && !(pair.Key.Namespace == podNamespace && names.Contains(pair.Key.Name)))
                .ToArray())
            {
                Release(key, entry, podUid);
            }

            foreach (var key in names.Select(name => new ObjectKey(podNamespace, name)))
            {
                if (!watched.TryGetValue(key, out var entry))
                {
                    entry = Begin(key);
                    watched.Add(key, entry);
                }

                entry.Pods = entry.Pods.Add(podUid);
            }
        }
    }

    /// <summary>The object, null when there is none; or not known when no pod holds it.</summary>
    public async Task<(bool Known, T? Value)> GetAsync(string objectNamespace, string name, CancellationToken cancel)
    {
        Watched? entry;
        lock (gate)
        {
            watched.TryGetValue(new(objectNamespace, name), out entry);
        }

        if (entry is null)
        {
            return (false, null);
        }

        using var limit = new CancellationTokenSource(SyncLimit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await entry.Informer.WaitForSyncAsync(linked.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new HttpRequestException(
                $"failed to sync {T.Resource.Singular} cache: timed out waiting for the condition");
        }

        return (true, entry.Informer.Cache.Get(objectNamespace, name));
    }

    public async Task StopAsync()
    {
        Watched[] all;
        lock (gate)
        {
            all = [.. watched.Values];
            watched.Clear();
        }

        foreach (var entry in all)
        {
            entry.Stop.Cancel();
            await entry.Running;
        }
    }

    private Watched Begin(ObjectKey key)
    {
        var options = InformerOptions.Default with
        {
            Namespace = key.Namespace, FieldSelector = "metadata.name=" + key.Name,
        };
        var informer = new Informer<T>(
            client, T.Resource, options, time, new Random(random.Next()),
                loggers.CreateLogger("Netes.Client.Informer"));
        var entry = new Watched(informer);
        informer.AddHandler(_ =>
        {
            foreach (var pod in entry.Pods)
            {
                changed(pod);
            }
        });
        entry.Running = informer.RunAsync(entry.Stop.Token);
        return entry;
    }

    private void Release(ObjectKey key, Watched entry, string podUid)
    {
        entry.Pods = entry.Pods.Remove(podUid);
        if (entry.Pods.IsEmpty)
        {
            watched.Remove(key);
            entry.Stop.Cancel();
        }
    }

    private sealed class Watched(Informer<T> informer)
    {
        public Informer<T> Informer { get; } = informer;

        public CancellationTokenSource Stop { get; } = new();

        public Task Running { get; set; } = Task.CompletedTask;

        public ImmutableHashSet<string> Pods { get; set; } = [];
    }
}
