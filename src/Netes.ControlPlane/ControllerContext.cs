using Microsoft.Extensions.Logging;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>What every controller is made from.</summary>
public sealed class ControllerContext(
    KubernetesClient client, ControllerOptions options, TimeProvider time, Random random, ILoggerFactory loggers)
{
    private readonly List<EventRecorder> _recorders = [];

    public KubernetesClient Client { get; } = client;

    public ControllerOptions Options { get; } = options;

    public TimeProvider Time { get; } = time;

    public InformerSet Informers { get; } = new(client, time, random, loggers);

    public DateTimeOffset Now => Time.GetUtcNow();

    public ILogger Logger(string name) => loggers.CreateLogger($"Netes.ControlPlane.{name}");

    /// <summary>A generator of its own for each who asks: System.Random is not thread-safe.</summary>
    public Random NewRandom() => new(random.Next());

    /// <summary>A recorder that runs with the manager.</summary>
    public EventRecorder Events(string component)
    {
        var recorder = new EventRecorder(
            Client, component, "", EventOptions.Default, Time, NewRandom(), Logger(component));
        _recorders.Add(recorder);
        return recorder;
    }

    public WorkQueue<TKey> NewQueue<TKey>()
        where TKey : notnull => new(WorkQueueOptions.Default, Time);

    internal Task RunRecordersAsync(CancellationToken cancel) =>
        Task.WhenAll(_recorders.Select(recorder => recorder.RunAsync(cancel)));
}
