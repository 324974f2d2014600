using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Finds devices for the claims of one pod, as of one moment.
/// Source: dynamic-resource-allocation/structured, allocator.go.
/// </summary>
internal sealed class DeviceAllocator(DeviceAllocatorOptions options, IReadOnlyList<ResourceClaim> claims)
{
    public IReadOnlyList<ResourceClaim> Claims => claims;

    /// <summary>One for each claim; null: the node cannot have devices for all of them.</summary>
    /// <exception cref="DeviceException">Something is wrong with a claim, a class or a pool.</exception>
    public AllocationResult[]? Allocate(Node node) => Allocate(node, claims);

    /// <summary>The same for other claims than its own.</summary>
    /// <exception cref="DeviceException">Something is wrong with a claim, a class or a pool.</exception>
    public AllocationResult[]? Allocate(Node node, IReadOnlyList<ResourceClaim> wanted)
    {
        var devices = new NodeDevices(options.Pools.On(node), node);
        var search = new DeviceSearch(options, devices);
        for (var i = 0; i < wanted.Count; i++)
        {
            AddClaim(search, devices, wanted[i], i);
        }

        if (!search.Run())
        {
            return devices.HasInvalidPool
                ? throw new DeviceException("invalid resource pools were encountered", isOfNode: true)
                : null;
        }

        return [.. wanted.Select((claim, i) => DeviceResults.Of(claim, search.Choices(i), node, options.NewShareId))];
    }

    private void AddClaim(DeviceSearch search, NodeDevices devices, ResourceClaim claim, int index)
    {
        var least = 0L;
        var constraints = claim.Spec.Devices.Constraints
            .Select(static constraint => new AttributeConstraint(constraint)).ToArray();
        foreach (var request in claim.Spec.Devices.Requests)
        {
            var wishes = request.Exactly is { } exactly
                ? [(new RequestName(request.Name, ""), DeviceWish.Of(exactly))]
                : request.FirstAvailable
                    .Select(sub => (new RequestName(request.Name, sub.Name), DeviceWish.Of(sub))).ToArray();
            var alternatives = new List<DeviceAlternative>(wishes.Length);
            foreach (var (name, wish) in wishes)
            {
                alternatives.Add(NewAlternative(devices, claim, index, name, wish));
            }

            least += alternatives.Count == 0 ? 0 : alternatives.Min(static alternative => alternative.Count);
            search.Add(new SearchedRequest(index, constraints, alternatives));
        }

        if (least > DeviceLimits.Results)
        {
            throw new DeviceException($"claim {ObjectKey.Of(claim)}: number of requested devices {least} exceeds the "
                + $"claim limit of {DeviceLimits.Results}");
        }
    }

    private DeviceAlternative NewAlternative(
        NodeDevices devices, ResourceClaim claim, int index, RequestName name, DeviceWish wish)
    {
        if (options.Classes(wish.DeviceClassName) is not { } deviceClass)
        {
            throw new DeviceException($"claim {ObjectKey.Of(claim)}, request {name}: could not retrieve device class "
                + $"{wish.DeviceClassName}: deviceclass.resource.k8s.io \"{wish.DeviceClassName}\" not found");
        }

        var selectors = new DeviceSelectors(options.Expressions, claim, deviceClass, wish.Selectors);
        var alternative = new DeviceAlternative(index, name, wish, deviceClass, selectors, devices.All.Count);
        if (wish.AllocationMode == DeviceAllocationMode.ExactCount)
        {
            return alternative;
        }

        if (wish.AllocationMode != DeviceAllocationMode.All)
        {
            throw new DeviceException(
                $"claim {ObjectKey.Of(claim)}, request {name}: unsupported count mode {wish.AllocationMode}");
        }

        if (devices.Unusable is { } pool)
        {
            throw new DeviceException($"claim {ObjectKey.Of(claim)}, request {name}: asks for all devices, but "
                + $"resource pool {pool} is currently {(pool.IsComplete ? "invalid" : "being updated")}", isOfNode: true);
        }

        return alternative.WithAll(devices);
    }
}

/// <summary>What there is to choose from.</summary>
internal sealed record DeviceAllocatorOptions
{
    public required DevicePools Pools { get; init; }

    public required AllocatedDevices Allocated { get; init; }

    public required Func<string, DeviceClass?> Classes { get; init; }

    public required DeviceExpressions Expressions { get; init; }

    /// <summary>Makes the ids of shares.</summary>
    public required Func<string> NewShareId { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>So long may be searched on one node; zero: as long as it takes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>Why devices cannot be allocated, in Kubernetes' words.</summary>
/// <param name="message">The words.</param>
/// <param name="isOfNode">On this node: others may do.</param>
internal sealed class DeviceException(string message, bool isOfNode = false) : Exception(message)
{
    public bool IsOfNode { get; } = isOfNode;
}
