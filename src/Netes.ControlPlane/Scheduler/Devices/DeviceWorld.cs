using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>What all profiles know together of claims and devices. Thread-safe.</summary>
internal sealed class DeviceWorld
{
    private readonly ObjectCache<ResourceSlice> _slices;
    private readonly ObjectIndex<ResourceClaim> _extendedOfPod;
    private DevicePools? _pools;
    private ExtendedClasses _extended = ExtendedClasses.None;

    public DeviceWorld(InformerSet informers)
    {
        Claims = new ClaimLedger(informers);
        var claims = informers.Get<ResourceClaim>();
        claims.AddHandler(_ => Changes.Happened());
        _extendedOfPod = claims.Cache.AddIndex(static claim =>
            PodResourceClaims.IsForExtendedResources(claim) ? [OwnerOf(claim)] : []);
        var classes = informers.Get<DeviceClass>();
        Classes = classes.Cache;
        classes.AddHandler(change =>
            Volatile.Write(ref _extended, _extended.With(change.Key.Name, change.New)));
        var slices = informers.Get<ResourceSlice>();
        _slices = slices.Cache;
        slices.AddHandler(_ => Volatile.Write(ref _pools, null));
    }

    public ClaimLedger Claims { get; }

    /// <summary>Wakes who waits for a claim's status.</summary>
    public Pulse Changes { get; } = new();

    public ObjectCache<DeviceClass> Classes { get; }

    public DeviceExpressions Expressions { get; } = new();

    /// <summary>As of now. Follows the classes as they change.</summary>
    public ExtendedClasses ExtendedResources => Volatile.Read(ref _extended);

    /// <summary>
    /// As of when a cycle first asked: plugins that each answer for a part of a pod's resources must not disagree.
    /// </summary>
    public ExtendedClasses ExtendedResourcesOf(CycleState cycle) => cycle.ExtendedResources ??= ExtendedResources;

    /// <summary>The claim that was made for the pod's extended resources in an earlier try; null: there is none.
    /// </summary>
    public ResourceClaim? ExtendedClaimOf(Pod pod) => _extendedOfPod.Get(pod.Metadata.Uid)
        .FirstOrDefault(claim => PodResourceClaims.NotOwned(pod, claim).Length == 0);

    private static string OwnerOf(ResourceClaim claim) => ObjectReferences.ControllerOf(claim.Metadata)?.Uid ?? "";

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
