using Microsoft.Extensions.Logging;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>One profile at work: its plugins, events and bindings. Source: pkg/scheduler/profile/profile.go.</summary>
internal sealed class ProfileRunner
{
    public ProfileRunner(
        SchedulerOptions options, SchedulerProfile profile, SchedulerShared shared, Random random, ILogger logger)
    {
        Events = new EventRecorder(
            shared.Client, profile.Name, "", EventOptions.Default, shared.Time, new Random(random.Next()), logger);
        Metrics = shared.Metrics is { } metrics
            ? new ProfileMetrics(metrics, profile.Name, shared.Time, new Random(random.Next()))
            : null;
        var context = new PluginContext(shared.Client, Events, shared.Time)
        {
            Informers = shared.Informers,
            Snapshot = shared.Snapshot,
            Nominator = shared.Nominator,
            SharedDevices = shared.Devices,
            Measured = Metrics,
            Random = new Random(random.Next()),
            Activate = key => shared.Queue().Activate(key),
            Extenders = shared.Extenders,
            PluginArguments = shared.Extenders?.Apply(profile.Arguments) ?? profile.Arguments,
        };
        WaitingPods = context.WaitingPods;
        Framework = new SchedulerFramework(profile, context);
        Algorithm = new SchedulingAlgorithm(
            Framework, profile.PercentageOfNodesToScore ?? options.PercentageOfNodesToScore, new Random(random.Next()))
        {
            Extenders = shared.Extenders,
        };
        Binder = new Binder(options, Metrics, Framework, Events, shared, logger);
    }

    /// <summary>Where it is measured; null: nowhere.</summary>
    public ProfileMetrics? Metrics { get; }

    public EventRecorder Events { get; }

    public SchedulerFramework Framework { get; }

    public WaitingPods WaitingPods { get; }

    public SchedulingAlgorithm Algorithm { get; }

    public Binder Binder { get; }
}

/// <summary>What all profiles share.</summary>
/// <param name="Client">In whose name they act.</param>
/// <param name="Informers">What they see.</param>
/// <param name="Cache">What runs where.</param>
/// <param name="Snapshot">The same, as of this cycle.</param>
/// <param name="Nominator">Whom room is kept for.</param>
/// <param name="Devices">Who has which device.</param>
/// <param name="Queue">Who waits; there once all profiles are made.</param>
/// <param name="Time">The clock.</param>
/// <param name="Metrics">Where it is measured.</param>
internal sealed record SchedulerShared(
    KubernetesClient Client, InformerSet Informers, SchedulerCache Cache, Snapshot Snapshot, Nominator Nominator,
    Lazy<DeviceWorld> Devices, Func<SchedulingQueue> Queue, TimeProvider Time, SchedulerMetrics? Metrics)
{
    /// <summary>Null: there are none.</summary>
    public SchedulerExtenders? Extenders { get; init; }
}
