using Netes.Api;
using Netes.Api.Core;
using NodeAffinityTerms = Netes.Api.Core.NodeAffinity;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Reads the arguments of one plugin. Source: pkg/scheduler/apis/config/v1/types_pluginargs.go.</summary>
internal static class PluginConfigReader
{
    public static object Read(ConfigObject json)
    {
        var name = json.Text("name") ?? "";
        if (json.Object("args", name + "Args") is not { } args)
        {
            return new UnknownArgs(name);
        }

        args.Skip("apiVersion", "kind");
        object read = name switch
        {
            "DefaultPreemption" => Preemption(args),
            "InterPodAffinity" => new InterPodAffinityArgs
            {
                HardPodAffinityWeight = args.Number("hardPodAffinityWeight") ?? 1,
                IgnorePreferredTermsOfExistingPods = args.Flag("ignorePreferredTermsOfExistingPods") ?? false,
            },
            "NodeAffinity" => new NodeAffinityArgs { AddedAffinity = args.Api<NodeAffinityTerms>("addedAffinity") },
            "NodeResourcesBalancedAllocation" => Balanced(args),
            "NodeResourcesFit" => Fit(args),
            "PodTopologySpread" => Spread(args),
            "VolumeBinding" => Volumes(args),
            "DynamicResources" => Devices(args),
            _ => new UnknownArgs(name),
        };
        if (read is not UnknownArgs)
        {
            args.End();
        }

        return read;
    }

    private static DefaultPreemptionArgs Preemption(ConfigObject args) => new()
    {
        MinCandidateNodesPercentage = args.Number("minCandidateNodesPercentage") ?? 10,
        MinCandidateNodesAbsolute = args.Number("minCandidateNodesAbsolute") ?? 100,
    };

    private static NodeResourcesBalancedAllocationArgs Balanced(ConfigObject args)
    {
        var resources = Resources(args);
        return resources.IsEmpty ? new() : new() { Resources = resources };
    }

    private static NodeResourcesFitArgs Fit(ConfigObject args)
    {
        var fit = new NodeResourcesFitArgs
        {
            IgnoredResources = args.Texts("ignoredResources"),
            IgnoredResourceGroups = args.Texts("ignoredResourceGroups"),
        };
        if (args.Object("scoringStrategy", "ScoringStrategy") is not { } strategy)
        {
            return fit;
        }

        var resources = Resources(strategy);
        var shape = strategy.Object("requestedToCapacityRatio", "RequestedToCapacityRatioParam");
        fit = fit with
        {
            Strategy = strategy.Text("type") ?? "",
            Resources = resources.IsEmpty ? fit.Resources : resources,
            HasShape = shape is not null,
            Shape = shape is null ? [] : [.. shape.Objects("shape", "UtilizationShapePoint", ReadPoint)],
        };
        shape?.End();
        strategy.End();
        return fit;
    }

    private static PodTopologySpreadArgs Spread(ConfigObject args)
    {
        var type = args.Text("defaultingType") ?? PodTopologySpreadArgs.SystemType;
        var constraints = args.ApiList<TopologySpreadConstraint>("defaultConstraints");
        var defaults = new PodTopologySpreadArgs();
        return defaults with
        {
            Type = type,
            DefaultConstraints = type == PodTopologySpreadArgs.SystemType && constraints.Count == 0
                ? defaults.DefaultConstraints
                : [.. constraints],
            HasConstraints = constraints.Count > 0,
        };
    }

    private static VolumeBindingArgs Volumes(ConfigObject args)
    {
        // Scoring by capacity is behind a gate that is off by default.
        args.Skip("shape");
        return new VolumeBindingArgs { BindTimeoutSeconds = args.Number("bindTimeoutSeconds") ?? 600 };
    }

    private static DynamicResourcesArgs Devices(ConfigObject args)
    {
        var defaults = new DynamicResourcesArgs();
        return new DynamicResourcesArgs
        {
            FilterTimeout = args.Time("filterTimeout") ?? defaults.FilterTimeout,
            BindingTimeout = args.Time("bindingTimeout") ?? defaults.BindingTimeout,
        };
    }

    private static ValueList<ResourceWeight> Resources(ConfigObject json) =>
    [
        .. json.Objects(
            "resources", "ResourceSpec",
            item => new ResourceWeight(
                item.Text("name") ?? "", item.Number("weight") is { } weight and not 0 ? weight : 1)),
    ];

    private static ShapePoint ReadPoint(ConfigObject json) =>
        new(json.Number("utilization") ?? 0, json.Number("score") ?? 0);
}

/// <summary>Arguments of a plugin that takes none.</summary>
internal sealed record UnknownArgs(string Plugin);
