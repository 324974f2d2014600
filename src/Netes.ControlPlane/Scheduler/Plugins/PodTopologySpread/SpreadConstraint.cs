using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// A constraint with its defaults filled in. Source: plugins/podtopologyspread/common.go, topologySpreadConstraint.
/// </summary>
internal sealed record SpreadConstraint(TopologySpreadConstraint Spec, LabelMatcher Labels)
{
    public const string Hostname = "kubernetes.io/hostname";

    public string Key => Spec.TopologyKey;

    public int MinDomains => Spec.MinDomains ?? 1;

    private bool HonorsAffinity => Spec.NodeAffinityPolicy is null or NodeInclusionPolicy.Honor;

    private bool HonorsTaints => Spec.NodeTaintsPolicy == NodeInclusionPolicy.Honor;

    /// <summary>Those of one action, with the pod's own values of their matchLabelKeys.</summary>
    public static List<SpreadConstraint> Of(
        ValueList<TopologySpreadConstraint> constraints, string action, ValueMap<string> podLabels)
    {
        var found = new List<SpreadConstraint>();
        foreach (var constraint in constraints)
        {
            if (constraint.WhenUnsatisfiable == action)
            {
                found.Add(new SpreadConstraint(constraint, Merged(constraint, podLabels)));
            }
        }

        return found;
    }

    /// <summary>The nodes whose pods count.</summary>
    /// <param name="pod">The pod that is spread.</param>
    /// <param name="keys">Labels that nodes must have.</param>
    public NodeQuery NodesFor(Pod pod, ValueList<string> keys)
    {
        var spec = pod.Spec;
        return new NodeQuery(
            keys,
            HonorsAffinity ? spec.NodeSelector : default,
            HonorsAffinity ? spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution : null,
            HonorsTaints ? spec.Tolerations : null);
    }

    /// <summary>An empty selector counts nothing, and pods on their way out do not count.</summary>
    public PodQuery PodsFor(Pod pod) => new(
        [new PodTerm([pod.Metadata.Namespace], Labels.MatchesEverything ? LabelMatcher.Nothing : Labels)],
        SkipsTerminating: true);

    private static LabelMatcher Merged(TopologySpreadConstraint constraint, ValueMap<string> podLabels)
    {
        var matcher = LabelSelectors.From(constraint.LabelSelector);
        if (constraint.MatchLabelKeys.IsEmpty || matcher.MatchesNothing)
        {
            return matcher;
        }

        var own = constraint.MatchLabelKeys
            .Where(podLabels.ContainsKey)
            .Select(key => new LabelRequirement(key, LabelOperator.Equals, [podLabels[key]]));
        return LabelMatcher.Of(matcher.Requirements.Concat(own).Distinct());
    }
}
