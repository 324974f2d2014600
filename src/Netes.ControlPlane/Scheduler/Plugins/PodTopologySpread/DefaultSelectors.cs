using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What a pod's fellows have in common: the selectors of its services and of what owns it.
/// Source: plugins/helper/spread.go, DefaultSelector.
/// </summary>
internal sealed class DefaultSelectors(InformerSet informers)
{
    private readonly ObjectCache<Service> _services = informers.Get<Service>().Cache;
    private readonly ObjectCache<ReplicationController> _controllers = informers.Get<ReplicationController>().Cache;
    private readonly ObjectCache<ReplicaSet> _replicaSets = informers.Get<ReplicaSet>().Cache;
    private readonly ObjectCache<StatefulSet> _statefulSets = informers.Get<StatefulSet>().Cache;

    /// <summary>Matches everything: the pod has no fellows.</summary>
    public LabelMatcher For(Pod pod)
    {
        var (ns, podLabels) = (pod.Metadata.Namespace, pod.Metadata.Labels);
        var labels = ValueMap<string>.Empty;
        foreach (var service in _services.List(ns))
        {
            if (!service.Spec.Selector.IsEmpty && Selectors.Contains(podLabels, service.Spec.Selector))
            {
                labels = Merged(labels, service.Spec.Selector);
            }
        }

        LabelMatcher? own = null;
        if (ObjectReferences.ControllerOf(pod.Metadata) is { } owner)
        {
            switch (owner.ApiVersion, owner.Kind)
            {
                case ("v1", "ReplicationController") when _controllers.Get(ns, owner.Name) is { } controller:
                    labels = Merged(labels, controller.Spec.Selector);
                    break;
                case ("apps/v1", "ReplicaSet") when _replicaSets.Get(ns, owner.Name) is { } set:
                    own = LabelSelectors.From(set.Spec.Selector);
                    break;
                case ("apps/v1", "StatefulSet") when _statefulSets.Get(ns, owner.Name) is { } set:
                    own = LabelSelectors.From(set.Spec.Selector);
                    break;
            }
        }

        var selector = LabelSelectors.FromLabels(labels);
        return own is null or { MatchesNothing: true }
            ? selector
            : LabelMatcher.Of(selector.Requirements.Concat(own.Requirements).Distinct());
    }

    private static ValueMap<string> Merged(ValueMap<string> labels, ValueMap<string> more)
    {
        foreach (var (key, value) in more)
        {
            labels = labels.Set(key, value);
        }

        return labels;
    }
}
