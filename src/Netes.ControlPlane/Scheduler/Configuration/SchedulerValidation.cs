using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What is wrong with a configuration.
/// Source: pkg/scheduler/apis/config/validation/{validation,validation_pluginargs}.go.
/// </summary>
internal static class SchedulerValidation
{
    private static readonly string[] Strategies =
    [
        NodeResourcesFitArgs.LeastAllocated, NodeResourcesFitArgs.MostAllocated,
        NodeResourcesFitArgs.RequestedToCapacityRatio,
    ];

    public static IEnumerable<FieldError> Validate(SchedulerOptions options)
    {
        var path = FieldPath.Of("profiles");
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < options.Profiles.Count; i++)
        {
            var (profile, at) = (options.Profiles[i], path.Index(i));
            foreach (var error in Validate(profile, at))
            {
                yield return error;
            }

            if (seen.TryGetValue(profile.Name, out var first))
            {
                yield return FieldError.Duplicate(
                    at.Child("schedulerName"), path.Index(first).Child("schedulerName").ToString());
            }

            seen[profile.Name] = i;
            if (profile.Plugins.Get("queueSort") != options.Profiles[0].Plugins.Get("queueSort"))
            {
                yield return FieldError.Invalid(
                    at.Child("plugins").Child("queueSort"), profile.Plugins.Get("queueSort")?.ToString(),
                    "must be the same for all profiles");
            }
        }

        foreach (var error in ExtenderConfigReader.Validate(options.Extenders, FieldPath.Of("extenders")))
        {
            yield return error;
        }

        foreach (var error in Percentage(FieldPath.Of("percentageOfNodesToScore"), options.PercentageOfNodesToScore))
        {
            yield return error;
        }

        if (options.InitialBackoff <= TimeSpan.Zero)
        {
            yield return FieldError.Invalid(
                FieldPath.Of("podInitialBackoffSeconds"), (long)options.InitialBackoff.TotalSeconds,
                "must be greater than 0");
        }

        if (options.MaxBackoff < options.InitialBackoff)
        {
            yield return FieldError.Invalid(
                FieldPath.Of("podMaxBackoffSeconds"), (long)options.MaxBackoff.TotalSeconds,
                "must be greater than or equal to PodInitialBackoffSeconds");
        }
    }

    private static IEnumerable<FieldError> Validate(SchedulerProfile profile, FieldPath path)
    {
        if (profile.Name.Length == 0)
        {
            yield return FieldError.Required(path.Child("schedulerName"));
        }

        foreach (var error in Percentage(path.Child("percentageOfNodesToScore"), profile.PercentageOfNodesToScore ?? 0))
        {
            yield return error;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < profile.Arguments.Count; i++)
        {
            var at = path.Child("pluginConfig").Index(i);
            var name = NameOf(profile.Arguments[i]);
            if (!seen.Add(name))
            {
                yield return FieldError.Duplicate(at, name);
            }

            foreach (var error in ValidateArguments(profile.Arguments[i], at.Child("args")))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<FieldError> Percentage(FieldPath path, int value) =>
        value is >= 0 and <= 100 ? [] : [FieldError.Invalid(path, value, "not in valid range [0-100]")];

    private static string NameOf(object arguments) => arguments switch
    {
        DefaultPreemptionArgs => "DefaultPreemption",
        InterPodAffinityArgs => "InterPodAffinity",
        NodeAffinityArgs => "NodeAffinity",
        NodeResourcesBalancedAllocationArgs => "NodeResourcesBalancedAllocation",
        NodeResourcesFitArgs => "NodeResourcesFit",
        PodTopologySpreadArgs => "PodTopologySpread",
        VolumeBindingArgs => "VolumeBinding",
        DynamicResourcesArgs => "DynamicResources",
        UnknownArgs unknown => unknown.Plugin,
        _ => "",
    };

    private static IEnumerable<FieldError> ValidateArguments(object arguments, FieldPath path) => arguments switch
    {
        DefaultPreemptionArgs args => Preemption(args, path),
        InterPodAffinityArgs { HardPodAffinityWeight: < 0 or > 100 } args =>
            [FieldError.Invalid(path.Child("hardPodAffinityWeight"), args.HardPodAffinityWeight,
                "not in valid range [0, 100]")],
        NodeAffinityArgs { AddedAffinity: { } added } =>
            AffinityValidation.Validate(added, path.Child("addedAffinity")),
        NodeResourcesBalancedAllocationArgs args => Balanced(args, path.Child("resources")),
        NodeResourcesFitArgs args => Fit(args, path),
        PodTopologySpreadArgs args => SpreadValidation.Validate(args, path),
        VolumeBindingArgs { BindTimeoutSeconds: < 0 } args =>
            [FieldError.Invalid(path.Child("bindTimeoutSeconds"), args.BindTimeoutSeconds,
                "invalid BindTimeoutSeconds, should not be a negative value")],
        DynamicResourcesArgs args => Devices(args, path),
        _ => [],
    };

    private static IEnumerable<FieldError> Devices(DynamicResourcesArgs args, FieldPath path)
    {
        if (args.FilterTimeout < TimeSpan.Zero)
        {
            yield return FieldError.Invalid(path.Child("filterTimeout"),
                Duration.From(args.FilterTimeout).ToString(), "must be zero or positive");
        }

        if (args.BindingTimeout < TimeSpan.FromSeconds(1))
        {
            yield return FieldError.Invalid(path.Child("bindingTimeout"),
                Duration.From(args.BindingTimeout).ToString(), "must be at least 1 second");
        }
    }

    private static IEnumerable<FieldError> Preemption(DefaultPreemptionArgs args, FieldPath path)
    {
        var (percentage, absolute) = (args.MinCandidateNodesPercentage, args.MinCandidateNodesAbsolute);
        var (percentageAt, absoluteAt) =
            (path.Child("minCandidateNodesPercentage"), path.Child("minCandidateNodesAbsolute"));
        if (percentage is < 0 or > 100)
        {
            yield return FieldError.Invalid(percentageAt, percentage, "not in valid range [0, 100]");
        }

        if (absolute < 0)
        {
            yield return FieldError.Invalid(absoluteAt, absolute, "not in valid range [0, inf)");
        }

        if (percentage == 0 && absolute == 0)
        {
            yield return FieldError.Invalid(
                percentageAt, percentage, "cannot be zero at the same time as minCandidateNodesAbsolute");
            yield return FieldError.Invalid(
                absoluteAt, absolute, "cannot be zero at the same time as minCandidateNodesPercentage");
        }
    }

    private static IEnumerable<FieldError> Balanced(NodeResourcesBalancedAllocationArgs args, FieldPath path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Resources.Count; i++)
        {
            var (name, weight) = args.Resources[i];
            if (!seen.Add(name))
            {
                yield return FieldError.Duplicate(path.Index(i).Child("name"), name);
            }

            if (weight != 1)
            {
                yield return FieldError.Invalid(path.Index(i).Child("weight"), weight, "must be 1");
            }
        }
    }

    private static IEnumerable<FieldError> Fit(NodeResourcesFitArgs args, FieldPath path)
    {
        for (var i = 0; i < args.IgnoredResourceGroups.Count; i++)
        {
            if (args.IgnoredResourceGroups[i].Contains('/', StringComparison.Ordinal))
            {
                yield return FieldError.Invalid(
                    path.Child("ignoredResourceGroups").Index(i), args.IgnoredResourceGroups[i],
                    "resource group name can't contain '/'");
            }
        }

        var strategy = path.Child("scoringStrategy");
        if (!Strategies.Contains(args.Strategy))
        {
            yield return FieldError.NotSupported(strategy.Child("type"), args.Strategy, Strategies);
        }

        for (var i = 0; i < args.Resources.Count; i++)
        {
            var (name, weight) = args.Resources[i];
            if (weight is <= 0 or > 100)
            {
                yield return FieldError.Invalid(
                    strategy.Child("resources").Index(i).Child("weight"), weight,
                    $"resource weight of {name} not in valid range (0, 100]");
            }
        }

        var ratio = strategy.Child("requestedToCapacityRatio");
        var wantsShape = args.Strategy == NodeResourcesFitArgs.RequestedToCapacityRatio;
        if (wantsShape && !args.HasShape)
        {
            yield return FieldError.Required(ratio, "must be specified when type is RequestedToCapacityRatio");
        }
        else if (!wantsShape && args.HasShape)
        {
            yield return FieldError.Forbidden(ratio, "must be nil when type is not RequestedToCapacityRatio");
        }
        else if (wantsShape)
        {
            foreach (var error in Shape(args.Shape, ratio.Child("shape")))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<FieldError> Shape(ValueList<ShapePoint> shape, FieldPath path)
    {
        if (shape.IsEmpty)
        {
            yield return FieldError.Required(path, "at least one point must be specified");
        }

        for (var i = 1; i < shape.Count; i++)
        {
            if (shape[i - 1].Utilization >= shape[i].Utilization)
            {
                yield return FieldError.Invalid(
                    path.Index(i).Child("utilization"), shape[i].Utilization,
                    "values must be sorted in increasing order");
                break;
            }
        }

        for (var i = 0; i < shape.Count; i++)
        {
            if (shape[i].Utilization is < 0 or > 100)
            {
                yield return FieldError.Invalid(
                    path.Index(i).Child("utilization"), shape[i].Utilization, "not in valid range [0, 100]");
            }

            if (shape[i].Score is < 0 or > 10)
            {
                yield return FieldError.Invalid(
                    path.Index(i).Child("score"), shape[i].Score, "not in valid range [0, 10]");
            }
        }
    }
}

/// <summary>Default constraints. Source: validation_pluginargs.go, ValidatePodTopologySpreadArgs.</summary>
internal static class SpreadValidation
{
    public static IEnumerable<FieldError> Validate(PodTopologySpreadArgs args, FieldPath path)
    {
        if (args.Type is not (PodTopologySpreadArgs.SystemType or PodTopologySpreadArgs.ListType))
        {
            yield return FieldError.NotSupported(
                path.Child("defaultingType"), args.Type,
                [PodTopologySpreadArgs.ListType, PodTopologySpreadArgs.SystemType]);
        }
        else if (args.Type == PodTopologySpreadArgs.SystemType && args.HasConstraints)
        {
            yield return FieldError.Invalid(
                path.Child("defaultingType"), args.Type, "when .defaultConstraints are not empty");
        }

        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < args.DefaultConstraints.Count; i++)
        {
            var (constraint, at) = (args.DefaultConstraints[i], path.Child("defaultConstraints").Index(i));
            foreach (var error in Validate(constraint, at))
            {
                yield return error;
            }

            if (!seen.Add((constraint.TopologyKey, constraint.WhenUnsatisfiable)))
            {
                yield return FieldError.Duplicate(at, $"{{{constraint.TopologyKey}, {constraint.WhenUnsatisfiable}}}");
            }
        }
    }

    private static IEnumerable<FieldError> Validate(TopologySpreadConstraint constraint, FieldPath at)
    {
        if (constraint.MaxSkew <= 0)
        {
            yield return FieldError.Invalid(at.Child("maxSkew"), constraint.MaxSkew, "not in valid range (0, inf)");
        }

        if (constraint.TopologyKey.Length == 0)
        {
            yield return FieldError.Required(at.Child("topologyKey"), "can not be empty");
        }

        if (constraint.WhenUnsatisfiable.Length == 0)
        {
            yield return FieldError.Required(at.Child("whenUnsatisfiable"), "can not be empty");
        }
        else if (constraint.WhenUnsatisfiable
            is not (UnsatisfiableConstraintAction.DoNotSchedule or UnsatisfiableConstraintAction.ScheduleAnyway))
        {
            yield return FieldError.NotSupported(
                at.Child("whenUnsatisfiable"), constraint.WhenUnsatisfiable,
                [UnsatisfiableConstraintAction.DoNotSchedule, UnsatisfiableConstraintAction.ScheduleAnyway]);
        }

        if (constraint.LabelSelector is not null)
        {
            yield return FieldError.Forbidden(
                at.Child("labelSelector"), "constraint must not define a selector, as they deduced for each pod");
        }
    }
}
