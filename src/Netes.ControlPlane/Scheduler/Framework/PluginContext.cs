using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>What plugins are made from. Source: framework/interface.go, Handle.</summary>
internal sealed record PluginContext(KubernetesClient Client, EventRecorder Events, TimeProvider Time)
{
    private SchedulerFramework? _framework;
    private DeviceWorld? _ownDevices;

    /// <summary>
    /// Ask for informers when the plugin is made: they run afterwards. Handlers added then are called before the queue
    /// hears of the change.
    /// </summary>
    public required InformerSet Informers { get; init; }

    /// <summary>The nodes and pods of the cycle that runs; for the scheduling loop only.</summary>
    public required Snapshot Snapshot { get; init; }

    /// <summary>For the scheduling loop only.</summary>
    public required Random Random { get; init; }

    /// <summary>Pods that room was made for.</summary>
    public Nominator Nominator { get; init; } = new();

    /// <summary>What all profiles know together of devices; null: this one knows it for itself.</summary>
    public Lazy<DeviceWorld>? SharedDevices { get; init; }

    /// <summary>What is known of devices.</summary>
    public DeviceWorld Devices => SharedDevices?.Value ?? (_ownDevices ??= new DeviceWorld(Informers));

    /// <summary>Where the plugins' times are measured; null: nowhere.</summary>
    public ProfileMetrics? Measured { get; init; }

    /// <summary>Null: there are none.</summary>
    public SchedulerExtenders? Extenders { get; init; }

    /// <summary>Lets a pod into the active queue that was held back before it.</summary>
    public Action<ObjectKey> Activate { get; init; } = static _ => { };

    /// <summary>Pods that permit plugins let wait.</summary>
    public WaitingPods WaitingPods { get; init; } = new();

    /// <summary>What the configuration says about plugins: at most one of each type.</summary>
    public IReadOnlyList<object> PluginArguments { get; init; } = [];

    /// <summary>The plugins themselves; there once all are made.</summary>
    public SchedulerFramework Framework
    {
        get => _framework ?? throw new InvalidOperationException("the plugins are not made yet");
        set => _framework = value;
    }

    /// <summary>What the configuration says about a plugin; else its defaults.</summary>
    public T Arguments<T>()
        where T : class, new() => PluginArguments.OfType<T>().FirstOrDefault() ?? new T();
}
