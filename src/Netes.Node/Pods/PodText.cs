using Netes.Api.Core;

namespace Netes.Nodes.Pods;

/// <summary>Small readings of a pod.</summary>
public static class PodText
{
    /// <summary>
    /// A pod as Kubernetes names it in messages: <c>name_namespace(uid)</c>. Source: pkg/kubelet/util/format.
    /// </summary>
    public static string Of(Pod pod) => $"{pod.Metadata.Name}_{pod.Metadata.Namespace}({pod.Metadata.Uid})";

    /// <summary>The status that the API has of a container.</summary>
    public static ContainerStatus? StatusOf(Pod pod, string name) =>
        ((IEnumerable<ContainerStatus>)pod.Status.ContainerStatuses)
            .Concat(pod.Status.InitContainerStatuses).Concat(pod.Status.EphemeralContainerStatuses)
            .FirstOrDefault(status => status.Name == name);
}
