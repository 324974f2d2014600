using System.Collections.Immutable;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.Nodes.Devices;

/// <summary>The health of the devices of a pod's containers, and when it has to be told anew.</summary>
internal sealed record PodDeviceHealth
{
    public static PodDeviceHealth None { get; } = new();

    public ImmutableDictionary<string, ValueList<ResourceStatus>> Containers { get; init; } =
        ImmutableDictionary<string, ValueList<ResourceStatus>>.Empty;

    /// <summary>From then on something is not known any more, unless its driver says so again.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>
/// What statuses of containers say of the devices that they claim.
/// Source: pkg/kubelet/cm/dra/manager.go (UpdateAllocatedResourcesStatus); KEP-4680.
/// </summary>
internal static class DeviceStatuses
{
    public static PodDeviceHealth Of(Pod pod, PreparedClaims claims, DeviceHealths healths)
    {
        if (pod.Spec.ResourceClaims.IsEmpty)
        {
            return PodDeviceHealth.None;
        }

        var containers = ImmutableDictionary.CreateBuilder<string, ValueList<ResourceStatus>>(StringComparer.Ordinal);
        var until = DateTimeOffset.MaxValue;
        foreach (var container in pod.Spec.Containers)
        {
            var statuses = new List<ResourceStatus>();
            foreach (var used in container.Resources.Claims)
            {
                if (Find(pod, used.Name, claims) is { } claim)
                {
                    var resources = ResourcesOf(claim, used.Request, healths, ref until);
                    if (resources.Length > 0)
                    {
                        var name = used.Request.Length > 0 ? $"claim:{used.Name}/{used.Request}" : $"claim:{used.Name}";
                        statuses.Add(new() { Name = name, Resources = resources.ToValueList() });
                    }
                }
            }

            if (statuses.Count > 0)
            {
                containers[container.Name] = statuses.ToValueList();
            }
        }

        return containers.Count == 0 ? PodDeviceHealth.None : new()
        {
            Containers = containers.ToImmutable(), Until = until == DateTimeOffset.MaxValue ? null : until,
        };
    }

    private static PreparedClaim? Find(Pod pod, string name, PreparedClaims claims)
    {
        var spec = ((IEnumerable<PodResourceClaim>)pod.Spec.ResourceClaims).FirstOrDefault(item => item.Name == name);
        var made = ((IEnumerable<PodResourceClaimStatus>)pod.Status.ResourceClaimStatuses)
            .FirstOrDefault(item => item.Name == name)?.ResourceClaimName;
        return (spec?.ResourceClaimName ?? made) is { } found ? claims.Get(new(pod.Metadata.Namespace, found)) : null;
    }

    private static ResourceHealth[] ResourcesOf(
        PreparedClaim claim, string request, DeviceHealths healths, ref DateTimeOffset until)
    {
        var found = new List<ResourceHealth>();
        foreach (var (driver, devices) in claim.Drivers)
        {
            foreach (var device in devices.Where(device => device.Serves(request)))
            {
                var known = healths.Of(driver, device.Pool, device.Device);
                until = known.Until < until ? known.Until : until;
                found.Add(new()
                {
                    ResourceID = device.CdiDevices.IsEmpty
                        ? $"{driver}/{device.Pool}/{device.Device}" : device.CdiDevices[0],
                    Health = known.Health,
                    Message = known.Message.Length > 0 ? known.Message : null,
                });
            }
        }

        // An id may be there once; devices of one id are one device.
        return [.. found.DistinctBy(item => item.ResourceID)];
    }
}
