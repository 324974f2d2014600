using Microsoft.Extensions.Logging;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>What a controller is made from: a client in its own name, and what it shares with the others.</summary>
public sealed class ControllerContext
{
    private const string Suffix = "-controller";

    private readonly Random _random;
    private readonly ILoggerFactory _loggers;
    private readonly List<EventRecorder> _recorders;
    private readonly WorkQueueMetrics? _queues;

    public ControllerContext(
        KubernetesClient client, ControllerOptions options, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        (Client, Reader, Options, Time, _random, _loggers) = (client, client, options, time, random, loggers);
        _queues = options.Metrics is { } metrics ? new WorkQueueMetrics(metrics) : null;
        Informers = new InformerSet(client, time, random, loggers);
        _recorders = [];
    }

    private ControllerContext(ControllerContext shared, KubernetesClient client)
    {
        (Client, Reader) = (client, shared.Reader);
        (Options, Time, Informers) = (shared.Options, shared.Time, shared.Informers);
        (_random, _loggers, _recorders, _queues) =
            (shared._random, shared._loggers, shared._recorders, shared._queues);
    }

    /// <summary>In the controller's own name.</summary>
    public KubernetesClient Client { get; }

    /// <summary>In the manager's name, which may list and watch everything, as the informers do.</summary>
    public KubernetesClient Reader { get; }

    public ControllerOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>Shared by all controllers; they list and watch in the manager's name.</summary>
    public InformerSet Informers { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    public ILogger Logger(string name) => _loggers.CreateLogger($"Netes.ControlPlane.{name}");

    /// <summary>A generator of its own for each who asks: System.Random is not thread-safe.</summary>
    public Random NewRandom() => new(_random.Next());

    /// <summary>A recorder that runs with the manager.</summary>
    public EventRecorder Events(string component)
    {
        var recorder = new EventRecorder(
            Client, component, "", EventOptions.Default, Time, NewRandom(), Logger(component));
        _recorders.Add(recorder);
        return recorder;
    }

    /// <param name="controller">Whose it is; measured under that name, short as upstream's: deployment.</param>
    /// <param name="options">Its waits; null: client-go's.</param>
    public WorkQueue<TKey> NewQueue<TKey>(string controller, WorkQueueOptions? options = null)
        where TKey : notnull => new(
            options ?? WorkQueueOptions.Default, Time,
            _queues?.Of(controller.EndsWith(Suffix, StringComparison.Ordinal)
                ? controller[..^Suffix.Length]
                : controller));

    internal ControllerContext As(KubernetesClient client) => new(this, client);

    internal Task RunRecordersAsync(CancellationToken cancel) =>
        Task.WhenAll(_recorders.Select(recorder => recorder.RunAsync(cancel)));
}
