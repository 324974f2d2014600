using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// From the choice of a node to the binding: the claims get their devices, and the pod gets the claims.
/// </summary>
internal sealed partial class DynamicResources
{
    /// <summary>After a conflict the newest state is asked for, so often.</summary>
    private const int MaxTries = 5;

    public PluginStatus? Reserve(CycleState state, PodInfo pod, string node)
    {
        if (state.Get<PodDevices>(this) is not { Allocator: { } allocator } devices)
        {
            return null;
        }

        if (!devices.ByNode.TryGetValue(node, out var choice))
        {
            // The node itself may have all of the extended resources.
            return allocator.Claims.Count == 0 ? null : PluginStatus.Failed("claim allocation not found for node");
        }

        for (var i = 0; i < choice.Allocations.Length; i++)
        {
            var key = i < allocator.Claims.Count ? ObjectKey.Of(allocator.Claims[i]) : devices.Extended!.Key;
            devices.Reserved[key] = choice.Allocations[i];
            _world.Claims.Begin(key, choice.Allocations[i]);
        }

        return null;
    }

    public void Unreserve(CycleState state, PodInfo pod, string node)
    {
        if (state.Get<PodDevices>(this) is not { } devices)
        {
            return;
        }

        foreach (var key in devices.Reserved.Keys)
        {
            _world.Claims.End(key);
        }

        foreach (var claim in devices.Claims)
        {
            if (claim.Status.Allocation is not null && PodResourceClaims.IsReservedFor(claim, pod.Pod.Metadata.Uid))
            {
                devices.Released = ReleaseAsync(devices.Released, claim, pod.Pod);
            }
        }

        if (devices.Extended is { IsMade: true, Claim: var made })
        {
            devices.Released = GiveUpAsync(devices.Released, made);
        }

        if (!devices.Released.IsCompleted)
        {
            _ = RememberAsync(pod.Pod.Metadata.Uid, devices.Released);
        }
    }

    public PluginStatus? PreBindPreFlight(CycleState state, PodInfo pod, string node) =>
        state.Get<PodDevices>(this) is null ? PluginStatus.Skipped : null;

    public async Task<PluginStatus?> PreBindAsync(
        CycleState state, PodInfo pod, string node, CancellationToken cancel)
    {
        if (state.Get<PodDevices>(this) is not { } devices)
        {
            return null;
        }

        try
        {
            await ReleasedAsync(pod.Pod, cancel);
            for (var i = 0; i < devices.Claims.Count; i++)
            {
                // What the try before this one gave back may have looked reserved when this one began.
                devices.Claims[i] = Newest(devices.Claims[i]);
                var allocation = devices.Reserved.GetValueOrDefault(ObjectKey.Of(devices.Claims[i]));
                if (allocation is not null
                    || !PodResourceClaims.IsReservedFor(devices.Claims[i], pod.Pod.Metadata.Uid))
                {
                    devices.Claims[i] = await BindClaimAsync(devices.Claims[i], allocation, pod.Pod, cancel);
                }
            }

            var claims = devices.Claims.ToList();
            if (devices.Extended is { } extended
                && devices.ByNode.GetValueOrDefault(node)?.Extended is { } choice)
            {
                await BindExtendedAsync(devices, extended, choice, pod.Pod, cancel);
                claims.Add(extended.Claim);
            }
            else if (pod.Pod.Status.ExtendedResourceClaimStatus is not null)
            {
                // A try before this one said so. The node would wait for a claim that is gone.
                await TellAsync(pod.Pod, null, cancel);
            }

            return claims.Exists(BindingConditions.HasAny) ? await WaitAsync(claims, pod.Pod, node, cancel) : null;
        }
        catch (ApiException failure)
        {
            return PluginStatus.Failed(failure.Message);
        }
        catch (DeviceException failure)
        {
            return PluginStatus.Failed(failure.Message);
        }
    }

    private ResourceClaim Newest(ResourceClaim claim) =>
        _world.Claims.Get(ObjectKey.Of(claim)) is { } known && known.Metadata.Uid == claim.Metadata.Uid
            ? known
            : claim;

    /// <summary>
    /// Ends when it is known what became of it. Were the devices given up after an answer that did not come, they would
    /// look free to others until the claim is heard of.
    /// </summary>
    private async Task<ResourceClaim> BindClaimAsync(
        ResourceClaim claim, AllocationResult? allocation, Pod pod, CancellationToken cancel)
    {
        var key = ObjectKey.Of(claim);
        ResourceClaim? known = claim;
        var unreachable = 0;
        try
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    known ??= await _context.Client.GetAsync<ResourceClaim>(key.Namespace, key.Name, cancel);
                    var bound = IsBound(known, pod) && IsSame(known.Status.Allocation!, allocation)
                        ? known
                        : await BindClaimOnceAsync(known, allocation, pod, cancel);
                    _world.Claims.Wrote(bound);
                    return bound;
                }
                catch (ApiException failure) when (failure.IsConflict && tries < MaxTries)
                {
                    known = null;
                }
                catch (ApiException failure) when (IsUncertain(failure) && tries < MaxTries)
                {
                    known = null;
                    await PauseAsync(unreachable++, cancel);
                }
                catch (Exception failure) when (failure is HttpRequestException or IOException)
                {
                    // Without the API server the pod cannot be bound either: there is time.
                    known = null;
                    await PauseAsync(unreachable++, cancel);
                }
            }
        }
        finally
        {
            _world.Claims.End(key);
        }
    }

    /// <summary>It may have been done all the same.</summary>
    private static bool IsUncertain(ApiException failure) => failure.Code >= 500;

    /// <summary>Whether it is the one decided for, if one was.</summary>
    private static bool IsSame(AllocationResult known, AllocationResult? decided) =>
        decided is null || known with { AllocationTimestamp = null } == decided with { AllocationTimestamp = null };

    private static bool IsBound(ResourceClaim claim, Pod pod) =>
        claim.Status.Allocation is not null && PodResourceClaims.IsReservedFor(claim, pod.Metadata.Uid);

    /// <summary>The finalizer first: an allocation without it could be lost with its claim.</summary>
    private async Task<ResourceClaim> BindClaimOnceAsync(
        ResourceClaim claim, AllocationResult? allocation, Pod pod, CancellationToken cancel)
    {
        if (claim.Metadata.DeletionTimestamp is not null)
        {
            throw new DeviceException($"claim {ObjectKey.Of(claim)} got deleted in the meantime");
        }

        if (allocation is not null)
        {
            if (claim.Status.Allocation is not null)
            {
                throw new DeviceException($"claim {ObjectKey.Of(claim)} got allocated elsewhere in the meantime");
            }

            if (!claim.Metadata.Finalizers.Contains(PodResourceClaims.Finalizer))
            {
                claim = await _context.Client.UpdateAsync(
                    claim with
                    {
                        Metadata = claim.Metadata with
                        {
                            Finalizers = claim.Metadata.Finalizers.Add(PodResourceClaims.Finalizer),
                        },
                    },
                    cancel);
            }
        }
        else if (claim.Status.Allocation is null)
        {
            throw new DeviceException($"claim {ObjectKey.Of(claim)} got deallocated in the meantime");
        }

        allocation ??= claim.Status.Allocation!;
        return await _context.Client.UpdateStatusAsync(
            claim with
            {
                Status = claim.Status with
                {
                    Allocation = claim.Status.Allocation is not null
                        ? allocation
                        : allocation with { AllocationTimestamp = Timestamp.From(_context.Time.GetUtcNow()) },
                    ReservedFor = claim.Status.ReservedFor.Add(PodResourceClaims.Consumer(pod)),
                },
            },
            cancel);
    }

    /// <summary>Until the devices are ready; in the next try the filter sees what failed.</summary>
    private async Task<PluginStatus?> WaitAsync(
        List<ResourceClaim> claims, Pod pod, string node, CancellationToken cancel)
    {
        _context.Events.Normal(
            pod, "BindingConditionsPending", $"waiting for binding conditions for device on node {node}");
        var started = _context.Time.GetTimestamp();
        while (true)
        {
            // Taken first: a change that comes while we look is not missed.
            var changed = _world.Changes.Next;
            var areMet = true;
            for (var i = 0; i < claims.Count; i++)
            {
                var claim = claims[i] =
                    _world.Claims.Get(ObjectKey.Of(claims[i])) ?? claims[i];
                if (BindingConditions.Failure(claim) is { Length: > 0 } failure)
                {
                    return PluginStatus.Failed(failure);
                }

                areMet &= BindingConditions.AreMet(claim);
                if (!areMet && BindingConditions.IsLate(
                    claim, _arguments.BindingTimeout, _context.Time.GetUtcNow()))
                {
                    return PluginStatus.Failed($"claim {claim.Metadata.Name} binding timeout");
                }
            }

            var left = _arguments.BindingTimeout - _context.Time.GetElapsedTime(started);
            if (areMet || left <= TimeSpan.Zero)
            {
                return areMet ? null : PluginStatus.Failed("device binding timeout");
            }

            try
            {
                await changed.WaitAsync(left, _context.Time, cancel);
            }
            catch (TimeoutException)
            {
                // The next look says that it is late.
            }
        }
    }
}
