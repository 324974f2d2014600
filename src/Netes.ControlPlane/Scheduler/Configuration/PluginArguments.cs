using Netes.Api;
using Netes.Api.Core;
using NodeAffinityTerms = Netes.Api.Core.NodeAffinity;

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
    public const string SystemType = "System";
    public const string ListType = "List";

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

    /// <summary>Where the constraints come from.</summary>
    public string Type { get; init; } = SystemType;

    /// <summary>Whether constraints were given.</summary>
    public bool HasConstraints { get; init; }

    /// <summary>Whether the constraints are the built-in ones: nodes without a zone then count, too.</summary>
    public bool IsSystemDefaulted => Type == SystemType;
}

/// <summary>Source: pkg/scheduler/apis/config/types_pluginargs.go, DefaultPreemptionArgs.</summary>
internal sealed record DefaultPreemptionArgs
{
    /// <summary>So many of the nodes are tried at least.</summary>
    public int MinCandidateNodesPercentage { get; init; } = 10;

    public int MinCandidateNodesAbsolute { get; init; } = 100;
}

/// <summary>Source: pkg/scheduler/apis/config/types_pluginargs.go, NodeAffinityArgs.</summary>
internal sealed record NodeAffinityArgs
{
    /// <summary>What is asked for beside each pod's own affinity.</summary>
    public NodeAffinityTerms? AddedAffinity { get; init; }
}

/// <summary>Source: pkg/scheduler/apis/config/types_pluginargs.go, NodeResourcesBalancedAllocationArgs.</summary>
internal sealed record NodeResourcesBalancedAllocationArgs
{
    public ValueList<ResourceWeight> Resources { get; init; } = [new("cpu", 1), new("memory", 1)];
}

/// <summary>Source: pkg/scheduler/apis/config/types_pluginargs.go, NodeResourcesFitArgs.</summary>
internal sealed record NodeResourcesFitArgs
{
    public const string LeastAllocated = "LeastAllocated";
    public const string MostAllocated = "MostAllocated";
    public const string RequestedToCapacityRatio = "RequestedToCapacityRatio";

    /// <summary>Extended resources that need not be there.</summary>
    public ValueList<string> IgnoredResources { get; init; }

    /// <summary>The same by what stands before the slash.</summary>
    public ValueList<string> IgnoredResourceGroups { get; init; }

    public string Strategy { get; init; } = LeastAllocated;

    public ValueList<ResourceWeight> Resources { get; init; } = [new("cpu", 1), new("memory", 1)];

    /// <summary>Of RequestedToCapacityRatio: the score (0 to 10) by utilization (0 to 100), as a line.</summary>
    public ValueList<ShapePoint> Shape { get; init; }

    /// <summary>Whether a shape was given at all.</summary>
    public bool HasShape { get; init; }
}

/// <summary>Source: pkg/scheduler/apis/config/types_pluginargs.go, VolumeBindingArgs.</summary>
internal sealed record VolumeBindingArgs
{
    /// <summary>How long a binding waits for its volumes.</summary>
    public long BindTimeoutSeconds { get; init; } = 600;
}

/// <summary>Source: pkg/scheduler/apis/config/types_pluginargs.go, DynamicResourcesArgs.</summary>
internal sealed record DynamicResourcesArgs
{
    /// <summary>How long devices are looked for on one node; zero: as long as it takes.</summary>
    public TimeSpan FilterTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a binding waits for devices to be prepared.</summary>
    public TimeSpan BindingTimeout { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>How much a resource counts.</summary>
internal readonly record struct ResourceWeight(string Name, long Weight);

/// <summary>A point of a line of scores.</summary>
internal readonly record struct ShapePoint(int Utilization, int Score);
