using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>What all profiles know together of claims and devices. Thread-safe.</summary>
internal sealed class DeviceWorld
{
    private readonly ObjectCache<ResourceSlice> _slices;
    private DevicePools? _pools;

    public DeviceWorld(InformerSet informers)
    {
        Claims = new ClaimLedger(informers);
        informers.Get<Netes.Api.DynamicResources.ResourceClaim>().AddHandler(_ => Changes.Happened());
        Classes = informers.Get<DeviceClass>().Cache;
        var slices = informers.Get<ResourceSlice>();
        _slices = slices.Cache;
        slices.AddHandler(_ => Volatile.Write(ref _pools, null));
    }

    public ClaimLedger Claims { get; }

    /// <summary>Wakes who waits for a claim's status.</summary>
    public Pulse Changes { get; } = new();

    public ObjectCache<DeviceClass> Classes { get; }

    public DeviceExpressions Expressions { get; } = new();

    /// <summary>Made anew when slices have changed and somebody asks.</summary>
    public DevicePools Pools()
    {
        if (Volatile.Read(ref _pools) is { } known)
        {
            return known;
        }

        // A change that comes while they are made is not lost: it makes the next one who asks make them anew.
        var pools = new DevicePools(_slices.List());
        Interlocked.CompareExchange(ref _pools, pools, null);
        return pools;
    }
}
