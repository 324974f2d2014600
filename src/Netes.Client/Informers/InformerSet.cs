using Microsoft.Extensions.Logging;
using Netes.Api;

namespace Netes.Client;

/// <summary>
/// One informer per kind and selection, shared by all who ask. Ask first, then run.
/// Source: client-go informers/factory.go.
/// </summary>
public sealed class InformerSet(KubernetesClient client, TimeProvider time, Random random, ILoggerFactory loggers)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(Type Type, InformerOptions Options), IInformer> _informers = [];
    private bool _running;

    /// <summary>The informer of a kind: of all its objects, or of those that the options select.</summary>
    /// <exception cref="InvalidOperationException">The set runs already and has no such informer.</exception>
    public Informer<T> Get<T>(InformerOptions? options = null)
        where T : class, IResource<T>
    {
        lock (_lock)
        {
            var key = (typeof(T), options ?? InformerOptions.Default);
            if (_informers.TryGetValue(key, out var known))
            {
                return (Informer<T>)known;
            }

            if (_running)
            {
                throw new InvalidOperationException($"the informer of {T.Kind} was asked for after the start");
            }

            // Each informer draws from a generator of its own: System.Random is not thread-safe.
            var logger = loggers.CreateLogger("Netes.Client.Informer");
            var informer = new Informer<T>(
                client, T.Resource, key.Item2, time, new Random(random.Next()), logger);
            _informers.Add(key, informer);
            return informer;
        }
    }

    public Task WaitForSyncAsync(CancellationToken cancel) =>
        Task.WhenAll(Snapshot().Select(informer => informer.WaitForSyncAsync(cancel)));

    /// <summary>Runs all informers until cancelled.</summary>
    public Task RunAsync(CancellationToken cancel)
    {
        lock (_lock)
        {
            _running = true;
        }

        return Task.WhenAll(Snapshot().Select(informer => informer.RunAsync(cancel)));
    }

    private IReadOnlyList<IInformer> Snapshot()
    {
        lock (_lock)
        {
            return [.. _informers.Values];
        }
    }
}
