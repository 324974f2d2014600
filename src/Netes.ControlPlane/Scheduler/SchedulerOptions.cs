using Netes.Api.Telemetry;

namespace Netes.ControlPlane.Scheduling;

/// <summary>What the scheduler is told. Source: apis/config/types.go, KubeSchedulerConfiguration.</summary>
public sealed record SchedulerOptions
{
    public static SchedulerOptions Default { get; } = new();

    /// <summary>Schedulers by name; at least one. All sort waiting pods alike.</summary>
    public IReadOnlyList<SchedulerProfile> Profiles { get; init; } = [new SchedulerProfile()];

    /// <summary>Services beside the scheduler that have their say; shared by all profiles.</summary>
    public IReadOnlyList<ExtenderOptions> Extenders { get; init; } = [];

    /// <summary>How many of the nodes are enough to choose from; 0: by the size of the cluster.</summary>
    public int PercentageOfNodesToScore { get; init; }

    /// <summary>The wait after the first failure; doubles up to <see cref="MaxBackoff"/>.</summary>
    public TimeSpan InitialBackoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where its work is measured; null: nowhere.</summary>
    public MetricRegistry? Metrics { get; init; }

    /// <summary>Bindings under way at a time, of each profile.</summary>
    public int MaxBindings { get; init; } = 64;
}
