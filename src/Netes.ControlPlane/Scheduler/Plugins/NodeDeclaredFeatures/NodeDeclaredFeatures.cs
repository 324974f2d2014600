using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Pods that need a new feature of the node go where the node says that it has it.
/// Source: plugins/nodedeclaredfeatures/nodedeclaredfeatures.go, component-helpers/nodedeclaredfeatures/features.
/// </summary>
internal sealed class NodeDeclaredFeatures : IPreFilterPlugin, IFilterPlugin, ISignPlugin
{
    private const string RestartAll = "RestartAllContainersOnContainerExits";
    private const string HostNetworkUsers = "UserNamespacesHostNetworkSupport";

    private static readonly PluginStatus Missing =
        PluginStatus.Unresolvable("node(s) didn't match Pod's required features") with
        {
            Plugin = "NodeDeclaredFeatures",
        };

    public string Name => "NodeDeclaredFeatures";

    public ClusterEvents WakingEvents => ClusterEvents.NodeAdded | ClusterEvents.NodeFeaturesChanged;

    public object? Sign(PodInfo pod) => Required(pod.Pod.Spec) is { IsEmpty: false } features ? features : null;

    public PluginStatus? PreFilter(
        CycleState state, PodInfo pod, Snapshot snapshot, out IReadOnlySet<string>? nodeNames)
    {
        nodeNames = null;
        return Required(pod.Pod.Spec).IsEmpty ? PluginStatus.Skipped : null;
    }

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var feature in Required(pod.Pod.Spec))
        {
            if (!node.Node.Status.DeclaredFeatures.Contains(feature))
            {
                return Missing;
            }
        }

        return null;
    }

    private static ValueList<string> Required(PodSpec spec)
    {
        var features = default(ValueList<string>);
        if (RestartsAll(spec.Containers) || RestartsAll(spec.InitContainers))
        {
            features = features.Add(RestartAll);
        }

        return spec is { HostNetwork: true, HostUsers: false } ? features.Add(HostNetworkUsers) : features;
    }

    private static bool RestartsAll(ValueList<Container> containers)
    {
        foreach (var container in containers)
        {
            foreach (var rule in container.RestartPolicyRules)
            {
                if (rule.Action == ContainerRestartRuleAction.RestartAllContainers)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
