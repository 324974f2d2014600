using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// A pod's affinity term, with its own namespace filled in. Equal by content. Source: framework/types.go, AffinityTerm.
/// </summary>
/// <param name="Namespaces">In order, each once.</param>
/// <param name="NamespaceSelector">Namespaces that count as well.</param>
/// <param name="Labels">What the labels of pods must be.</param>
/// <param name="TopologyKey">The label of nodes that says what is near.</param>
internal sealed record AffinityTerm(
    ValueList<string> Namespaces, LabelMatcher NamespaceSelector, LabelMatcher Labels, string TopologyKey)
{
    /// <param name="pod">A pod.</param>
    /// <param name="namespaceLabels">Those of the pod's namespace.</param>
    public bool Matches(Pod pod, ValueMap<string> namespaceLabels) =>
        (Namespaces.AsSpan().Contains(pod.Metadata.Namespace) || NamespaceSelector.Matches(namespaceLabels))
        && Labels.Matches(pod.Metadata.Labels);

    public static AffinityTerm Of(Pod pod, PodAffinityTerm term)
    {
        var namespaces = term.Namespaces.IsEmpty && term.NamespaceSelector is null
            ? [pod.Metadata.Namespace]
            : term.Namespaces.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToValueList();
        return new AffinityTerm(
            namespaces, LabelSelectors.From(term.NamespaceSelector), LabelSelectors.From(term.LabelSelector),
            term.TopologyKey);
    }
}

/// <summary>All affinity terms of a pod.</summary>
internal sealed record AffinityTerms(
    ValueList<AffinityTerm> Required,
    ValueList<AffinityTerm> RequiredAnti,
    ValueList<(AffinityTerm Term, int Weight)> Preferred)
{
    public static AffinityTerms None { get; } = new([], [], []);

    /// <summary>Preferred anti-affinity is a negative weight.</summary>
    public static AffinityTerms Of(Pod pod)
    {
        if (pod.Spec.Affinity is not { } affinity || (affinity.PodAffinity is null && affinity.PodAntiAffinity is null))
        {
            return None;
        }

        var (near, apart) = (affinity.PodAffinity, affinity.PodAntiAffinity);
        return new AffinityTerms(
            [.. (near?.RequiredDuringSchedulingIgnoredDuringExecution ?? []).Select(Term)],
            [.. (apart?.RequiredDuringSchedulingIgnoredDuringExecution ?? []).Select(Term)],
            [
                .. (near?.PreferredDuringSchedulingIgnoredDuringExecution ?? [])
                    .Select(term => (Term(term.PodAffinityTerm), term.Weight)),
                .. (apart?.PreferredDuringSchedulingIgnoredDuringExecution ?? [])
                    .Select(term => (Term(term.PodAffinityTerm), -term.Weight)),
            ]);

        AffinityTerm Term(PodAffinityTerm term) => AffinityTerm.Of(pod, term);
    }
}

/// <summary>The pods that have a term, by the domain they are in, each counting its weight; kept up to date.</summary>
internal sealed class TermGroup(AffinityTerm term, TopologyMap map)
{
    private readonly Dictionary<int, long> _byDomain = [];
    private int _pods;

    public AffinityTerm Term { get; } = term;

    public TopologyMap Map { get; } = map;

    public bool IsEmpty => _pods == 0;

    /// <summary>Domains whose weights do not cancel out.</summary>
    public bool HasDomains => _byDomain.Count > 0;

    public long In(int domain) => _byDomain.GetValueOrDefault(domain);

    public void Add(int slot, long weight, int pods)
    {
        _pods += pods;
        var domain = Map.DomainOf(slot);
        if (domain == TopologyMap.None)
        {
            return;
        }

        var sum = _byDomain.GetValueOrDefault(domain) + weight;
        if (sum == 0)
        {
            _byDomain.Remove(domain);
        }
        else
        {
            _byDomain[domain] = sum;
        }
    }
}
