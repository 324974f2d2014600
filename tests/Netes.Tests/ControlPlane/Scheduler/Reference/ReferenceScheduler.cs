using Netes.Api;
using Netes.Api.Core;

namespace Netes.Tests.ControlPlane.Scheduler.Reference;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

/// <summary>
/// The scheduler's definition, written down as plainly as it goes: every question walks over all nodes and all pods. It
/// shares no code with the scheduler but label and node selectors.
/// </summary>
internal sealed partial class ReferenceScheduler(
    IReadOnlyList<Node> nodes, IReadOnlyList<Pod> pods, RandomDevices devices)
{
    /// <summary>Why the pod does not fit the node; empty: it does.</summary>
    public string Refusal(Pod pod, Node node)
    {
        var here = On(node);
        if (node.Spec.Unschedulable)
        {
            return "node(s) were unschedulable";
        }

        if (Untolerated(pod, node))
        {
            return "node(s) had untolerated taint(s)";
        }

        if (!NodeSelectors.MatchesRequired(pod, node))
        {
            return "node(s) didn't match Pod's node affinity/selector";
        }

        if (PortsOf(pod).Intersect(here.SelectMany(PortsOf)).Any())
        {
            return "node(s) didn't have free ports for the requested pod ports";
        }

        var reasons = new List<string>();
        if (here.Count + 1 > Allocatable(node, "pods"))
        {
            reasons.Add("Too many pods");
        }

        foreach (var resource in new[] { "cpu", "memory" })
        {
            if (Asks(pod, resource) > 0
                && Asks(pod, resource) > Allocatable(node, resource) - here.Sum(other => Asks(other, resource)))
            {
                reasons.Add($"Insufficient {resource}");
            }
        }

        foreach (var resource in RandomDevices.Resources)
        {
            var isOfDevices = resource != "example.com/none" && Allocatable(node, resource) == 0;
            if (!isOfDevices && Asks(pod, resource) > 0
                && Asks(pod, resource) > Allocatable(node, resource) - here.Sum(other => Asks(other, resource)))
            {
                reasons.Add($"Insufficient {resource}");
            }
        }

        return reasons.Count > 0 ? string.Join(", ", reasons)
            : SpreadRefusal(pod, node) is { Length: > 0 } uneven ? uneven
            : AffinityRefusal(pod, node) is { Length: > 0 } apart ? apart
            : RandomDevices.Wanted(pod, node) > devices.FreeOn(node.Metadata.Name) ? "cannot allocate all claims"
            : "";
    }

    private string SpreadRefusal(Pod pod, Node node)
    {
        var hard = pod.Spec.TopologySpreadConstraints
            .Where(constraint => constraint.WhenUnsatisfiable == "DoNotSchedule").ToList();
        foreach (var constraint in hard)
        {
            if (!node.Metadata.Labels.TryGetValue(constraint.TopologyKey, out var own))
            {
                return "node(s) didn't match pod topology spread constraints (missing required label)";
            }

            var counts = nodes
                .Where(other => hard.All(one => other.Metadata.Labels.ContainsKey(one.TopologyKey)))
                .Where(other => Counts(constraint, pod, other))
                .GroupBy(other => other.Metadata.Labels[constraint.TopologyKey])
                .ToDictionary(domain => domain.Key, domain => domain.Sum(other => Fellows(constraint, pod, other)));
            var fewest = counts.Count < (constraint.MinDomains ?? 1) ? 0 : counts.Values.Min();
            var self = LabelSelectors.From(constraint.LabelSelector).Matches(pod.Metadata.Labels) ? 1 : 0;
            if (counts.GetValueOrDefault(own) + self - fewest > constraint.MaxSkew)
            {
                return "node(s) didn't match pod topology spread constraints";
            }
        }

        return "";
    }

    private string AffinityRefusal(Pod pod, Node node)
    {
        var near = pod.Spec.Affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [];
        var apart = pod.Spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [];
        if (!near.All(term => node.Metadata.Labels.ContainsKey(term.TopologyKey)))
        {
            return "node(s) didn't match pod affinity rules";
        }

        var fitting = pods.Where(other => near.All(term => Meets(pod, term, other))).ToList();
        var allNear = near.All(term => fitting.Any(other => SameDomain(term, node, NodeOf(other))));
        var anyNear = near.Any(term =>
            fitting.Any(other => NodeOf(other).Metadata.Labels.ContainsKey(term.TopologyKey)));
        if (!allNear && (anyNear || !near.All(term => Meets(pod, term, pod))))
        {
            return "node(s) didn't match pod affinity rules";
        }

        if (apart.Any(term => pods.Any(other => Meets(pod, term, other) && SameDomain(term, node, NodeOf(other)))))
        {
            return "node(s) didn't match pod anti-affinity rules";
        }

        var refused = pods.Any(other =>
            (other.Spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [])
            .Any(term => Meets(other, term, pod) && SameDomain(term, node, NodeOf(other))));
        return refused ? "node(s) didn't satisfy existing pods anti-affinity rules" : "";
    }

    /// <summary>Whether the other pod is one that the owner's term speaks of.</summary>
    private static bool Meets(Pod owner, PodAffinityTerm term, Pod other)
    {
        var namespaces = term.Namespaces.IsEmpty ? [owner.Metadata.Namespace] : term.Namespaces;
        return namespaces.Contains(other.Metadata.Namespace)
            && LabelSelectors.From(term.LabelSelector).Matches(other.Metadata.Labels);
    }

    private static bool SameDomain(PodAffinityTerm term, Node one, Node other) =>
        one.Metadata.Labels.TryGetValue(term.TopologyKey, out var value)
        && other.Metadata.Labels.TryGetValue(term.TopologyKey, out var otherValue) && value == otherValue;

    private static bool Counts(TopologySpreadConstraint constraint, Pod pod, Node node) =>
        (constraint.NodeAffinityPolicy == "Ignore" || NodeSelectors.MatchesRequired(pod, node))
        && (constraint.NodeTaintsPolicy != "Honor" || !Untolerated(pod, node));

    private int Fellows(TopologySpreadConstraint constraint, Pod pod, Node node) => On(node).Count(other =>
        other.Metadata.DeletionTimestamp is null && other.Metadata.Namespace == pod.Metadata.Namespace
        && !LabelSelectors.From(constraint.LabelSelector).MatchesEverything
        && LabelSelectors.From(constraint.LabelSelector).Matches(other.Metadata.Labels));

    private static bool Untolerated(Pod pod, Node node) => node.Spec.Taints.Any(taint =>
        taint.Effect is "NoSchedule" or "NoExecute" && !Tolerations.Tolerate(pod.Spec.Tolerations, taint));

    private static IEnumerable<int> PortsOf(Pod pod) => pod.Spec.Containers
        .SelectMany(container => container.Ports).Where(port => port.HostPort > 0).Select(port => port.HostPort);

    private static long Allocatable(Node node, string resource) =>
        node.Status.Allocatable.TryGetValue(resource, out var amount) ? Amount(resource, amount) : 0;

    private static long Asks(Pod pod, string resource) => pod.Spec.Containers.Sum(container =>
        container.Resources.Requests.TryGetValue(resource, out var amount) ? Amount(resource, amount) : 0);

    private static long Amount(string resource, Quantity amount) =>
        resource == "cpu" ? amount.MilliValue : amount.Value;

    private List<Pod> On(Node node) => [.. pods.Where(pod => pod.Spec.NodeName == node.Metadata.Name)];

    private Node NodeOf(Pod pod) => nodes.Single(node => node.Metadata.Name == pod.Spec.NodeName);
}
