using System.Globalization;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.Nodes.Pods;

/// <summary>Why the node does not take a pod that was bound to it.</summary>
public sealed record PodRejection(string Reason, string Message);

/// <summary>
/// What the node itself asks of a pod before it takes it: whoever bound the pod may have known less. Pure.
/// Source: pkg/kubelet/lifecycle/predicate.go, pkg/scheduler/scheduler.go (AdmissionCheck).
/// </summary>
public static class PodAdmission
{
    public const string NodeAffinity = "NodeAffinity";

    /// <param name="pod">The pod that came.</param>
    /// <param name="node">The node as the API has it.</param>
    /// <param name="others">The pods that the node has taken and that have not ended.</param>
    /// <returns>Null: the node takes it.</returns>
    public static PodRejection? Check(Pod pod, Node node, IReadOnlyCollection<Pod> others)
    {
        if (pod.Spec.OS is { Name: not "linux" })
        {
            return new("PodOSNotSupported", "Failed to admit pod as the OS field doesn't match node OS");
        }

        return Resources(pod, node.Status.Allocatable, others) ?? Placement(pod, node, others);
    }

    private static PodRejection? Resources(
        Pod pod, ValueMap<Quantity> allocatable, IReadOnlyCollection<Pod> others)
    {
        // A node whose status is not there yet refuses nothing for it.
        if (allocatable.TryGetValue("pods", out var most) && others.Count + 1 > most.Value)
        {
            return OutOf("pods", 1, others.Count, most.Value);
        }

        var used = others.Aggregate(default(ValueMap<Quantity>),
            (sum, other) => ResourceLists.Add(sum, PodResources.Requests(other.Spec)));
        foreach (var (name, amount) in PodResources.Requests(pod.Spec).OrderBy(pair => Order(pair.Key)))
        {
            // Resources that the node does not know are the cluster's business.
            if (!amount.IsZero && allocatable.TryGetValue(name, out var capacity)
                && amount + used.Get(name) > capacity)
            {
                return OutOf(name, Count(name, amount), Count(name, used.Get(name)), Count(name, capacity));
            }
        }

        return null;
    }

    private static PodRejection? Placement(Pod pod, Node node, IReadOnlyCollection<Pod> others)
    {
        if (!NodeSelectors.MatchesRequired(pod, node))
        {
            return Failed(NodeAffinity, "node(s) didn't match Pod's node affinity/selector");
        }

        var taken = others.SelectMany(HostPortsOf).ToHashSet();
        if (HostPortsOf(pod).Any(port => taken.Any(other => Conflicts(port, other))))
        {
            return Failed("NodePorts", "node(s) didn't have free ports for the requested pod ports");
        }

        return node.Spec.Taints.Any(taint => taint.Effect == TaintEffect.NoExecute
            && !Tolerations.Tolerate(pod.Spec.Tolerations, taint))
            ? Failed("TaintToleration", "node(s) had taints that the pod didn't tolerate") : null;
    }

    private static PodRejection Failed(string predicate, string why) =>
        new(predicate, $"Predicate {predicate} failed: {why}");

    private static PodRejection OutOf(string resource, long requested, long used, long capacity) => new(
        "OutOf" + resource, string.Create(CultureInfo.InvariantCulture,
            $"Node didn't have enough resource: {resource}, requested: {requested}, used: {used}, ")
        + string.Create(CultureInfo.InvariantCulture, $"capacity: {capacity}"));

    private static long Count(string name, Quantity amount) => name == "cpu" ? amount.MilliValue : amount.Value;

    private static int Order(string resource) => resource switch
    {
        "cpu" => 0, "memory" => 1, "ephemeral-storage" => 2, _ => 3,
    };

    private static IEnumerable<(string Address, string Protocol, int Port)> HostPortsOf(Pod pod) =>
        from container in PodContainers.AllOf(pod.Spec)
        where container.Kind is ContainerKind.Regular or ContainerKind.Sidecar
        from port in container.Spec.Ports
        where port.HostPort > 0
        select (port.HostIP is "" ? "0.0.0.0" : port.HostIP, port.Protocol is "" ? "TCP" : port.Protocol,
            port.HostPort);

    private static bool Conflicts(
        (string Address, string Protocol, int Port) left, (string Address, string Protocol, int Port) right) =>
        left.Protocol == right.Protocol && left.Port == right.Port
        && (left.Address == right.Address || left.Address == "0.0.0.0" || right.Address == "0.0.0.0");
}
