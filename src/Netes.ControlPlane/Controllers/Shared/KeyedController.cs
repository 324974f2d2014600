using Netes.Api;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>The common part of controllers: a queue of keys and the workers that reconcile them.</summary>
internal sealed class KeyedController<TKey> : IController, IDisposable
    where TKey : notnull
{
    private readonly ReconcileLoop<TKey> _loop;

    public KeyedController(
        ControllerContext context, string name, Func<TKey, CancellationToken, Task<ReconcileResult>> reconcile,
        int workers = 0, QueueSettings? queue = null)
    {
        Name = name;
        Queue = context.NewQueue<TKey>(queue?.Name ?? name, queue?.Options);
        workers = workers == 0 ? context.Options.Workers : workers;
        _loop = new ReconcileLoop<TKey>(name, Queue, reconcile, workers, context.Logger(name));
    }

    public string Name { get; }

    public WorkQueue<TKey> Queue { get; }

    public async Task RunAsync(CancellationToken cancel)
    {
        using (Queue)
        {
            await _loop.RunAsync(cancel);
        }
    }

    public void Dispose() => Queue.Dispose();
}

/// <param name="Name">Kubernetes' name of the queue, under which it is measured.</param>
/// <param name="Options">Its waits; null: client-go's.</param>
internal sealed record QueueSettings(string Name, WorkQueueOptions? Options = null)
{
    /// <param name="name">Kubernetes' name of the queue.</param>
    /// <param name="min">The wait after a key's first failure, in seconds.</param>
    /// <param name="max">The longest wait, in seconds.</param>
    public static QueueSettings Waiting(string name, double min, double max) => new(
        name,
        WorkQueueOptions.Default with
        {
            MinBackoff = TimeSpan.FromSeconds(min),
            MaxBackoff = TimeSpan.FromSeconds(max),
        });
}

/// <summary>Ways from a change to the keys to reconcile.</summary>
internal static class Enqueueing
{
    /// <summary>Reconcile each object that changes.</summary>
    public static void Enqueue<T>(this Informer<T> informer, WorkQueue<ObjectKey> queue)
        where T : class, IResource<T> => informer.AddHandler(change => queue.Add(change.Key));

    /// <summary>Reconcile the <typeparamref name="TOwner"/> that controls, or controlled, the object.</summary>
    public static void EnqueueController<T, TOwner>(this Informer<T> informer, WorkQueue<ObjectKey> queue)
        where T : class, IResource<T>
        where TOwner : class, IResource<TOwner> => informer.AddHandler(change =>
        {
            foreach (var value in new[] { change.Old, change.New })
            {
                if (value is not null && OwnerKey<TOwner>(value) is { } owner)
                {
                    queue.Add(owner);
                }
            }
        });

    /// <summary>The controlling owner, when it is of the kind.</summary>
    public static ObjectKey? OwnerKey<TOwner>(IKubernetesObject value)
        where TOwner : class, IResource<TOwner> =>
        ObjectReferences.ControllerOf(value.Metadata) is { } owner
        && owner.Kind == TOwner.Kind && GroupOf(owner.ApiVersion) == TOwner.Resource.Group
            ? new ObjectKey(value.Metadata.Namespace, owner.Name)
            : null;

    private static string GroupOf(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : apiVersion[..slash];
    }
}
