using Netes.Api;
using Netes.Api.Core;

namespace Netes.ApiServer.Subresources;

/// <summary>
/// Which container of a pod a request means. Source: pkg/registry/core/pod/strategy.go, validateContainer.
/// </summary>
internal static class PodContainers
{
    public static string Choose(Pod pod, string wanted)
    {
        var containers = pod.Spec.Containers.Select(static container => container.Name).ToList();
        var initial = pod.Spec.InitContainers.Select(static container => container.Name).ToList();
        var name = pod.Metadata.Name;
        if (wanted.Length > 0)
        {
            var all = containers.Concat(initial).Concat(
                pod.Spec.EphemeralContainers.Select(static other => other.EphemeralContainerCommon.Name));
            return all.Contains(wanted)
                ? wanted
                : throw ApiErrors.BadRequest($"container {wanted} is not valid for pod {name}");
        }

        if (containers.Count == 1)
        {
            return containers[0];
        }

        throw ApiErrors.BadRequest(containers.Count == 0
            ? $"a container name must be specified for pod {name}"
            : $"a container name must be specified for pod {name}, choose one of: [{string.Join(' ', containers)}]"
                + (initial.Count > 0 ? $" or one of the init containers: [{string.Join(' ', initial)}]" : ""));
    }
}
