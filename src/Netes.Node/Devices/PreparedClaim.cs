using System.Collections.Immutable;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.Nodes.Devices;

/// <summary>A device as its driver prepared it.</summary>
internal sealed record PreparedDevice
{
    public required string Pool { get; init; }

    public required string Device { get; init; }

    /// <summary>Which share of the device; null: all of it.</summary>
    public string? ShareId { get; init; }

    /// <summary>The requests of the claim that it serves; none: all of them.</summary>
    public ImmutableArray<string> Requests { get; init; } = [];

    /// <summary>What the runtime is to give to containers, in the names of the Container Device Interface.</summary>
    public ImmutableArray<string> CdiDevices { get; init; } = [];

    public bool Serves(string request) => request.Length == 0 || Requests.IsEmpty || Requests.Contains(request);
}

/// <summary>
/// A claim whose drivers were asked, or are about to be asked, to prepare it. Source: pkg/kubelet/cm/dra/claiminfo.go.
/// </summary>
internal sealed record PreparedClaim
{
    public required ObjectKey Key { get; init; }

    public required string Uid { get; init; }

    /// <summary>The pods of this node that use it.</summary>
    public ImmutableSortedSet<string> PodUids { get; init; } =
        ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The drivers of its devices, and what each has prepared.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<PreparedDevice>> Drivers { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<PreparedDevice>>(StringComparer.Ordinal);

    /// <summary>
    /// All its drivers have done their part, for this agent: it is not written down, so that each agent asks once
    /// anew. To prepare twice changes nothing.
    /// </summary>
    public bool IsPrepared { get; init; }

    /// <exception cref="DeviceException">It has no devices.</exception>
    public static PreparedClaim Of(ResourceClaim claim)
    {
        if (claim.Status.Allocation is not { } allocation)
        {
            throw new DeviceException($"ResourceClaim {claim.Metadata.Name}: not allocated");
        }

        var names = ((IEnumerable<DeviceRequestAllocationResult>)allocation.Devices.Results)
            .Select(result => result.Driver).Distinct(StringComparer.Ordinal);
        return new()
        {
            Key = ObjectKey.Of(claim),
            Uid = claim.Metadata.Uid,
            Drivers = names.ToImmutableSortedDictionary(
                name => name, _ => ImmutableArray<PreparedDevice>.Empty, StringComparer.Ordinal),
        };
    }
}
