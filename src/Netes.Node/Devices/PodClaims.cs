using Netes.Api.Core;
using Netes.Client;

namespace Netes.Nodes.Devices;

/// <summary>A claim of a pod by the name of its object.</summary>
/// <param name="Name">The name that the pod calls it; empty for what the scheduler made of extended resources.</param>
/// <param name="Key">The object.</param>
/// <param name="IsMade">It was made for the pod, and must be the pod's own.</param>
internal readonly record struct PodClaim(string Name, ObjectKey Key, bool IsMade);

/// <summary>Which claims a pod has. Source: dynamic-resource-allocation/resourceclaim/claim.go.</summary>
internal static class PodClaims
{
    /// <exception cref="DeviceException">One is not there yet.</exception>
    public static IEnumerable<PodClaim> Of(Pod pod)
    {
        foreach (var claim in (IEnumerable<PodResourceClaim>)pod.Spec.ResourceClaims)
        {
            var name = NameOf(pod, claim);
            if (name.Length > 0)
            {
                yield return new(claim.Name, new(pod.Metadata.Namespace, name), claim.ResourceClaimName is null);
            }
        }

        if (pod.Status.ExtendedResourceClaimStatus is { ResourceClaimName.Length: > 0 } extended)
        {
            yield return new("", new(pod.Metadata.Namespace, extended.ResourceClaimName), IsMade: false);
        }
    }

    /// <summary>The requests of a claim that a container uses; an empty one stands for all.</summary>
    public static IEnumerable<string> RequestsOf(Pod pod, Container container, PodClaim claim)
    {
        if (claim.Name.Length > 0)
        {
            return ((IEnumerable<Netes.Api.Core.ResourceClaim>)container.Resources.Claims)
                .Where(used => used.Name == claim.Name).Select(used => used.Request);
        }

        var mappings = pod.Status.ExtendedResourceClaimStatus?.RequestMappings ?? default;
        return ((IEnumerable<ContainerExtendedResourceRequest>)mappings)
            .Where(mapping => mapping.ContainerName == container.Name
                && container.Resources.Requests.Get(mapping.ResourceName).MilliValue > 0)
            .Select(mapping => mapping.RequestName);
    }

    /// <summary>Empty: none is needed.</summary>
    private static string NameOf(Pod pod, PodResourceClaim claim)
    {
        if (claim.ResourceClaimName is { } name)
        {
            return name;
        }

        if (claim.ResourceClaimTemplateName is null)
        {
            throw new DeviceException($"pod \"{ObjectKey.Of(pod)}\", spec.resourceClaim \"{claim.Name}\": "
                + "none of the supported fields are set");
        }

        foreach (var status in pod.Status.ResourceClaimStatuses)
        {
            if (status.Name == claim.Name)
            {
                return status.ResourceClaimName ?? "";
            }
        }

        throw new DeviceException($"pod \"{ObjectKey.Of(pod)}\": ResourceClaim not created yet");
    }
}
