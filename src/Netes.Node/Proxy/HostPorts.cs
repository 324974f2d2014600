using Netes.Api.Core;
using Netes.Nodes.Pods;

namespace Netes.Nodes.Proxy;

/// <summary>The host ports of running pods that have a network of their own. Pure.</summary>
public static class HostPorts
{
    public static IEnumerable<HostPortView> Of(IEnumerable<Pod> pods, string nodeAddress) =>
        from pod in pods
        where !pod.Spec.HostNetwork && pod.Status.PodIP.Length > 0
            && pod.Status.Phase is not (PodPhase.Succeeded or PodPhase.Failed)
        orderby pod.Metadata.Namespace, pod.Metadata.Name
        from container in PodContainers.InitContainersOf(pod.Spec).Where(item => item.Kind == ContainerKind.Sidecar)
            .Concat(PodContainers.RegularOf(pod.Spec))
        from port in container.Spec.Ports
        where port.HostPort > 0
        select new HostPortView(
            (port.Protocol.Length == 0 ? "TCP" : port.Protocol).ToLowerInvariant(),
            port.HostPort,
            // 127.0.0.1 cannot be translated to a pod's address by the kernel: it is served on the node's own, to
            // this node alone.
            IsLoopback(port) ? nodeAddress : port.HostIP,
            pod.Status.PodIP,
            port.ContainerPortValue)
        {
            ThisNodeOnly = IsLoopback(port),
        };

    private static bool IsLoopback(ContainerPort port) => port.HostIP.StartsWith("127.", StringComparison.Ordinal);
}
