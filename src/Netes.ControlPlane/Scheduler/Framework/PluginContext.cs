using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>What plugins are made from.</summary>
internal sealed record PluginContext(KubernetesClient Client, EventRecorder Events, TimeProvider Time)
{
    private SchedulerFramework? _framework;

    /// <summary>The plugins themselves; there once all are made.</summary>
    public SchedulerFramework Framework
    {
        get => _framework ?? throw new InvalidOperationException("the plugins are not made yet");
        set => _framework = value;
    }
}
