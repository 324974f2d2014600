using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Pods near to, and apart from, other pods. Source: plugins/interpodaffinity/{filtering,plugin}.go.
/// </summary>
internal sealed partial class InterPodAffinity(PluginContext context)
    : IPreFilterExtensions, IFilterPlugin, IPreScorePlugin, IScorePlugin
{
    private static readonly PluginStatus NotNear =
        PluginStatus.Unresolvable("node(s) didn't match pod affinity rules") with { Plugin = "InterPodAffinity" };

    private static readonly PluginStatus NotApart =
        PluginStatus.Unschedulable("node(s) didn't match pod anti-affinity rules") with
        {
            Plugin = "InterPodAffinity",
        };

    private static readonly PluginStatus OthersApart =
        PluginStatus.Unschedulable("node(s) didn't satisfy existing pods anti-affinity rules") with
        {
            Plugin = "InterPodAffinity",
        };

    private readonly InterPodAffinityArgs _arguments = context.Arguments<InterPodAffinityArgs>();
    private readonly ObjectCache<Namespace> _namespaces = context.Informers.Get<Namespace>().Cache;

    public string Name => "InterPodAffinity";

    public ClusterEvents WakingEvents =>
        ClusterEvents.AssignedPodAdded | ClusterEvents.AssignedPodRemoved | ClusterEvents.AssignedPodLabelsChanged
        | ClusterEvents.PodLabelsChanged | ClusterEvents.NodeAdded | ClusterEvents.NodeLabelsChanged
        | ClusterEvents.NodeTaintsChanged | ClusterEvents.NamespaceAdded | ClusterEvents.NamespaceLabelsChanged;

    public bool MayHelp(PodInfo pod, ClusterChange change)
    {
        if (change.Object is Namespace space)
        {
            return MayHelp(pod.Terms, (change.OldObject as Namespace)?.Metadata.Labels, space.Metadata.Labels);
        }

        if (change.Node is { } node)
        {
            return pod.Terms.Required.All(term => node.Metadata.Labels.ContainsKey(term.TopologyKey));
        }

        if (change.Pod is not { } other || other.Metadata.Uid == pod.Pod.Metadata.Uid)
        {
            return true;
        }

        var labels = LabelsOf(other.Metadata.Namespace);
        return (change.Events, change.OldPod) switch
        {
            (ClusterEvents.AssignedPodAdded, _) => MeetsRequired(other),
            (ClusterEvents.AssignedPodRemoved, _) => HoldsApart(other)
                || AffinityTerms.Of(other).RequiredAnti.Any(term =>
                    term.Matches(pod.Pod, LabelsOf(pod.Key.Namespace))),
            (_, { } old) => (MeetsRequired(other) && !MeetsRequired(old)) || (HoldsApart(old) && !HoldsApart(other)),
            _ => true,
        };

        bool MeetsRequired(Pod one) =>
            !pod.Terms.Required.IsEmpty && pod.Terms.Required.All(term => term.Matches(one, labels));

        bool HoldsApart(Pod one) => pod.Terms.RequiredAnti.Any(term => term.Matches(one, labels));
    }

    /// <summary>
    /// What a term must be near to comes into its namespaces, or what it must be apart from leaves them.
    /// </summary>
    private static bool MayHelp(AffinityTerms terms, ValueMap<string>? old, ValueMap<string> next)
    {
        return terms.Required.Any(term => !Selects(term, old) && Selects(term, next))
            || (old is not null && terms.RequiredAnti.Any(term => Selects(term, old) && !Selects(term, next)));

        static bool Selects(AffinityTerm term, ValueMap<string>? labels) =>
            labels is { } known && !term.NamespaceSelector.MatchesNothing && term.NamespaceSelector.Matches(known);
    }

    public PluginStatus? PreFilter(
        CycleState state, PodInfo pod, Snapshot snapshot, out IReadOnlySet<string>? nodeNames)
    {
        nodeNames = null;
        var labels = LabelsOf(pod.Key.Namespace);
        var index = snapshot.Topology;
        List<TermGroup>? others = null;
        foreach (var group in index.RequiredAnti.All)
        {
            if (group.HasDomains && group.Term.Matches(pod.Pod, labels))
            {
                (others ??= []).Add(group);
            }
        }

        if (others is null && pod.Terms.Required.IsEmpty && pod.Terms.RequiredAnti.IsEmpty)
        {
            return PluginStatus.Skipped;
        }

        state.Set(this, new AffinityCounts(labels, others ?? [], Near(pod, index), Apart(pod, index)));
        return null;
    }

    public PluginStatus? AddPod(CycleState state, PodInfo pod, PodInfo added, NodeInfo node)
    {
        state.Get<AffinityCounts>(this)?.Think(pod, added, node, 1);
        return null;
    }

    public PluginStatus? RemovePod(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node)
    {
        state.Get<AffinityCounts>(this)?.Think(pod, removed, node, -1);
        return null;
    }

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var counts = state.Get<AffinityCounts>(this)!;
        return !counts.MeetsRequired(pod, node) ? NotNear
            : !counts.MeetsRequiredAnti(node) ? NotApart
            : !counts.MeetsOthersAnti(node) ? OthersApart
            : null;
    }

    /// <summary>Pods that meet all of the terms, by the topology of each.</summary>
    private DomainCounter[] Near(PodInfo pod, TopologyIndex index)
    {
        if (pod.Terms.Required.IsEmpty)
        {
            return [];
        }

        var counter = index.Counter(new PodQuery([.. pod.Terms.Required.Select(Resolved)], SkipsTerminating: false));
        var nodes = index.Nodes(NodeQuery.Any);
        return [.. pod.Terms.Required.Select(term => counter.By(index.Map(term.TopologyKey), nodes))];
    }

    /// <summary>Pods that meet one of the terms, by its topology.</summary>
    private DomainCounter[] Apart(PodInfo pod, TopologyIndex index) =>
        [.. pod.Terms.RequiredAnti.Select(term => Counter(term, index))];

    private DomainCounter Counter(AffinityTerm term, TopologyIndex index) => index
        .Counter(new PodQuery([Resolved(term)], SkipsTerminating: false))
        .By(index.Map(term.TopologyKey), index.Nodes(NodeQuery.Any));

    /// <summary>With the namespaces that its selector selects now.</summary>
    private PodTerm Resolved(AffinityTerm term) => new(
        term.NamespaceSelector.MatchesNothing
            ? term.Namespaces
            : [.. _namespaces.List()
                .Where(ns => term.NamespaceSelector.Matches(ns.Metadata.Labels))
                .Select(ns => ns.Metadata.Name)
                .Concat(term.Namespaces)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)],
        term.Labels);

    private ValueMap<string> LabelsOf(string ns) => _namespaces.Get("", ns)?.Metadata.Labels ?? default;
}
