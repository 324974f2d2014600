using Netes.Api;
using Netes.Api.Core;

namespace Netes.Tests.ControlPlane.Scheduler.Reference;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

/// <summary>How good the nodes are that the pod fits.</summary>
internal sealed partial class ReferenceScheduler
{
    /// <summary>The weighted sum of all plugins, per node.</summary>
    public long[] Scores(Pod pod, IReadOnlyList<Node> fitting)
    {
        long[][] plugins =
        [
            [.. Highest(fitting.Select(node => Dislikes(pod, node)), reverse: true).Select(score => 3 * score)],
            [.. Highest(fitting.Select(node => Likes(pod, node)), reverse: false).Select(score => 2 * score)],
            [.. fitting.Select(node => Emptiness(pod, node))],
            [.. fitting.Select(node => Balance(pod, node))],
            [.. Affinities(pod, fitting).Select(score => 2 * score)],
            [.. Spreads(pod, fitting).Select(score => 2 * score)],
            [.. fitting.Select(node => Images(pod, node))],
        ];
        return [.. Enumerable.Range(0, fitting.Count).Select(i => plugins.Sum(plugin => plugin[i]))];
    }

    private static IEnumerable<long> Highest(IEnumerable<long> scores, bool reverse)
    {
        var list = scores.ToList();
        var highest = list.Max();
        return list.Select(score => highest == 0 ? 0 : 100 * score / highest)
            .Select(score => reverse ? 100 - score : score);
    }

    private static long Dislikes(Pod pod, Node node) => node.Spec.Taints.Count(taint =>
        taint.Effect == "PreferNoSchedule" && !Tolerations.Tolerate(pod.Spec.Tolerations, taint));

    private static long Likes(Pod pod, Node node) =>
        (pod.Spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? [])
        .Where(term => NodeSelectors.Matches(term.Preference, node)).Sum(term => term.Weight);

    private long Emptiness(Pod pod, Node node)
    {
        var scores = new[] { "cpu", "memory" }.Select(resource =>
        {
            var total = Allocatable(node, resource);
            var wanted = On(node).Append(pod).Sum(other => AsksOrDefault(other, resource));
            return wanted > total ? 0 : (total - wanted) * 100 / total;
        });
        return scores.Sum() / 2;
    }

    private long Balance(Pod pod, Node node)
    {
        if (Asks(pod, "cpu") == 0 && Asks(pod, "memory") == 0)
        {
            return 0;
        }

        var parts = new[] { "cpu", "memory" }.Select(resource => Math.Min(
            1.0, (double)On(node).Append(pod).Sum(other => Asks(other, resource)) / Allocatable(node, resource)))
            .ToList();
        return (long)((1 - Math.Abs((parts[0] - parts[1]) / 2)) * 100);
    }

    private long[] Affinities(Pod pod, IReadOnlyList<Node> fitting)
    {
        var scores = fitting.Select(node => pods.Sum(other => Attraction(pod, other, node))).ToList();
        var (least, most) = (scores.Min(), scores.Max());
        return [.. scores.Select(score =>
            most > least ? (long)(100 * ((double)(score - least) / (most - least))) : 0)];
    }

    /// <summary>What a pod that is there adds to the node.</summary>
    private long Attraction(Pod pod, Pod other, Node node)
    {
        return Preferred(pod, other) + Preferred(other, pod)
            + (other.Spec.Affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [])
                .Count(term => Meets(other, term, pod) && SameDomain(term, node, NodeOf(other)));

        long Preferred(Pod owner, Pod met)
        {
            var near = owner.Spec.Affinity?.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? [];
            var apart = owner.Spec.Affinity?.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? [];
            return near.Where(Applies).Sum(term => term.Weight) - apart.Where(Applies).Sum(term => term.Weight);

            bool Applies(WeightedPodAffinityTerm term) => Meets(owner, term.PodAffinityTerm, met)
                && SameDomain(term.PodAffinityTerm, node, NodeOf(other));
        }
    }

    private long[] Spreads(Pod pod, IReadOnlyList<Node> fitting)
    {
        var soft = pod.Spec.TopologySpreadConstraints
            .Where(constraint => constraint.WhenUnsatisfiable == "ScheduleAnyway").ToList();
        if (soft.Count == 0)
        {
            return new long[fitting.Count];
        }

        var scores = fitting.Select(node => HasAll(node) ? Spread(pod, node, soft, [.. fitting.Where(HasAll)]) : -1)
            .ToList();
        var counted = scores.Where(score => score >= 0).ToList();
        var (least, most) = (counted.DefaultIfEmpty(0).Min(), counted.DefaultIfEmpty(0).Max());
        return [.. scores.Select(score => score < 0 ? 0 : most == 0 ? 100 : 100 * (most + least - score) / most)];

        bool HasAll(Node node) => soft.All(one => node.Metadata.Labels.ContainsKey(one.TopologyKey));
    }

    private long Spread(Pod pod, Node node, List<TopologySpreadConstraint> soft, IReadOnlyList<Node> candidates)
    {
        var sum = 0.0;
        foreach (var constraint in soft)
        {
            var key = constraint.TopologyKey;
            var isHost = key == "kubernetes.io/hostname";
            var size = isHost
                ? candidates.Count
                : candidates.Select(other => other.Metadata.Labels[key]).Distinct().Count();
            var count = isHost
                ? Fellows(constraint, pod, node)
                : nodes.Where(other => soft.All(one => other.Metadata.Labels.ContainsKey(one.TopologyKey)))
                    .Where(other => Counts(constraint, pod, other))
                    .Where(other => other.Metadata.Labels[key] == node.Metadata.Labels[key])
                    .Sum(other => Fellows(constraint, pod, other));
            sum += (count * Math.Log(size + 2)) + (constraint.MaxSkew - 1);
        }

        return (long)Math.Round(sum, MidpointRounding.AwayFromZero);
    }

    private long Images(Pod pod, Node node)
    {
        const long Mebibyte = 1024 * 1024;
        var image = pod.Spec.Containers[0].Image;
        var having = nodes.Count(other => other.Status.Images.Any(one => one.Names.Contains(image)));
        var size = node.Status.Images.Where(one => one.Names.Contains(image)).Sum(one => one.SizeBytes);
        var scaled = (long)(size * ((double)having / nodes.Count));
        return 100 * (Math.Clamp(scaled, 23 * Mebibyte, 1000 * Mebibyte) - (23 * Mebibyte)) / (977 * Mebibyte);
    }

    private static long AsksOrDefault(Pod pod, string resource) =>
        pod.Spec.Containers[0].Resources.Requests.ContainsKey(resource) ? Asks(pod, resource)
            : resource == "cpu" ? 100
            : 200 * 1024 * 1024;
}
