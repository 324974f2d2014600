using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Source: pkg/scheduler/apis/config/types_pluginargs.go, InterPodAffinityArgs.</summary>
internal sealed record InterPodAffinityArgs
{
    /// <summary>What a pod nearby counts that must be near the new one; 0 to 100.</summary>
    public int HardPodAffinityWeight { get; init; } = 1;

    /// <summary>Whether what other pods prefer is left alone, unless the new pod prefers something itself.</summary>
    public bool IgnorePreferredTermsOfExistingPods { get; init; }
}

/// <summary>Source: pkg/scheduler/apis/config/types_pluginargs.go, PodTopologySpreadArgs.</summary>
internal sealed record PodTopologySpreadArgs
{
    private static readonly ValueList<TopologySpreadConstraint> System =
    [
        new()
        {
            TopologyKey = "kubernetes.io/hostname",
            WhenUnsatisfiable = UnsatisfiableConstraintAction.ScheduleAnyway,
            MaxSkew = 3,
        },
        new()
        {
            TopologyKey = "topology.kubernetes.io/zone",
            WhenUnsatisfiable = UnsatisfiableConstraintAction.ScheduleAnyway,
            MaxSkew = 5,
        },
    ];

    /// <summary>For pods that name none; the selector comes from what owns them.</summary>
    public ValueList<TopologySpreadConstraint> DefaultConstraints { get; init; } = System;

    /// <summary>Whether the constraints are the built-in ones: nodes without a zone then count, too.</summary>
    public bool IsSystemDefaulted { get; init; } = true;
}
