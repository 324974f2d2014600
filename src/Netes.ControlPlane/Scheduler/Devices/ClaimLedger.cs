using System.Globalization;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// The claims as they are, or are about to be: over the cache lies what the scheduler wrote and has not heard of yet,
/// and what it decided and has not written yet. Counts the devices by what changes. Thread-safe.
/// Source: plugins/dynamicresources/dra_manager.go, claimTracker; allocateddevices.go.
/// </summary>
internal sealed class ClaimLedger
{
    private readonly Lock _lock = new();
    private readonly ObjectCache<ResourceClaim> _cache;
    private readonly Dictionary<ObjectKey, ResourceClaim> _written = [];
    private readonly Dictionary<ObjectKey, AllocationResult> _pending = [];
    private readonly Dictionary<ObjectKey, AllocationResult> _counted = [];
    private AllocatedDevices _allocated = AllocatedDevices.None;

    public ClaimLedger(InformerSet informers)
    {
        var claims = informers.Get<ResourceClaim>();
        _cache = claims.Cache;
        claims.AddHandler(Seen);
    }

    /// <summary>The devices that are not free.</summary>
    public AllocatedDevices Allocated
    {
        get
        {
            lock (_lock)
            {
                return _allocated;
            }
        }
    }

    public ResourceClaim? Get(ObjectKey key)
    {
        lock (_lock)
        {
            return Newest(key, _cache.Get(key));
        }
    }

    /// <summary>
    /// Whether the claim's allocation was decided for a pod, and is not written yet. Another pod waits for that: were
    /// it to be bound first, it would reserve what nobody has allocated.
    /// </summary>
    public bool IsPending(ObjectKey key)
    {
        lock (_lock)
        {
            return _pending.ContainsKey(key);
        }
    }

    /// <summary>Decided for a claim; it may be one that is made later, under a name of its own.</summary>
    public void Begin(ObjectKey key, AllocationResult allocation)
    {
        lock (_lock)
        {
            _pending[key] = allocation;
            Count(key);
        }
    }

    /// <summary>The decision was written, or given up.</summary>
    public void End(ObjectKey key)
    {
        lock (_lock)
        {
            if (_pending.Remove(key))
            {
                Count(key);
            }
        }
    }

    /// <summary>Whether the claim is known in this state, or in a later one.</summary>
    public bool Knows(ResourceClaim claim) => Get(ObjectKey.Of(claim)) is { } known
        && known.Metadata.Uid == claim.Metadata.Uid && Revision(known) >= Revision(claim);

    /// <summary>A state that the API server answered with.</summary>
    public void Wrote(ResourceClaim claim)
    {
        lock (_lock)
        {
            var key = ObjectKey.Of(claim);
            if (_cache.Get(key) is { } cached && cached.Metadata.Uid == claim.Metadata.Uid
                && Revision(cached) < Revision(claim))
            {
                _written[key] = claim;
                Count(key);
            }
        }
    }

    private void Seen(Change<ResourceClaim> change)
    {
        lock (_lock)
        {
            if (change.New is null)
            {
                _written.Remove(change.Key);
            }

            Count(change.Key, Newest(change.Key, change.New));
        }
    }

    private void Count(ObjectKey key) => Count(key, Newest(key, _cache.Get(key)));

    private void Count(ObjectKey key, ResourceClaim? claim)
    {
        var next = _pending.GetValueOrDefault(key) ?? claim?.Status.Allocation;
        var before = _counted.GetValueOrDefault(key);
        if (next == before)
        {
            return;
        }

        if (before is not null)
        {
            _allocated = _allocated.Without(before);
            _counted.Remove(key);
        }

        if (next is not null)
        {
            _allocated = _allocated.With(next);
            _counted[key] = next;
        }
    }

    private ResourceClaim? Newest(ObjectKey key, ResourceClaim? cached)
    {
        if (!_written.TryGetValue(key, out var written))
        {
            return cached;
        }

        if (cached is not null && cached.Metadata.Uid == written.Metadata.Uid && Revision(cached) < Revision(written))
        {
            return written;
        }

        _written.Remove(key);
        return cached;
    }

    /// <summary>Revisions of one resource may be compared as numbers (KEP-5504).</summary>
    private static long Revision(ResourceClaim claim) =>
        long.TryParse(claim.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
