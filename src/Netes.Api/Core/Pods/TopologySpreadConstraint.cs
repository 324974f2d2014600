using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>How evenly pods are spread.</summary>
[ApiType("io.k8s.api.core.v1.TopologySpreadConstraint")]
public sealed partial record TopologySpreadConstraint
{
    /// <summary>How much the numbers of two parts may differ.</summary>
    [Field(1, "maxSkew", Required = true)]
    public partial int MaxSkew { get; init; }

    /// <summary>The label of nodes that names the parts.</summary>
    [Field(2, "topologyKey", Required = true)]
    public partial string TopologyKey { get; init; }

    /// <summary>DoNotSchedule or ScheduleAnyway.</summary>
    [Field(3, "whenUnsatisfiable", Required = true, EnumOf = typeof(UnsatisfiableConstraintAction))]
    public partial string WhenUnsatisfiable { get; init; }

    /// <summary>The pods that are counted.</summary>
    [Field(4, "labelSelector", OmitEmpty = true)]
    public partial LabelSelector? LabelSelector { get; init; }

    /// <summary>How many parts there must be at least.</summary>
    [Field(5, "minDomains", OmitEmpty = true)]
    public partial int? MinDomains { get; init; }

    [Field(6, "nodeAffinityPolicy", OmitEmpty = true, EnumOf = typeof(NodeInclusionPolicy))]
    public partial string? NodeAffinityPolicy { get; init; }

    [Field(7, "nodeTaintsPolicy", OmitEmpty = true, EnumOf = typeof(NodeInclusionPolicy))]
    public partial string? NodeTaintsPolicy { get; init; }

    [Field(8, "matchLabelKeys", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> MatchLabelKeys { get; init; }
}
