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

        if (!devices.ByNode.TryGetValue(node, out var allocations))
        {
            return PluginStatus.Failed("claim allocation not found for node");
        }

        for (var i = 0; i < allocations.Length; i++)
        {
            var claim = allocator.Claims[i];
            devices.Reserved[ObjectKey.Of(claim)] = allocations[i];
            _world.Claims.Begin(claim with { Status = claim.Status with { Allocation = allocations[i] } });
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
            for (var i = 0; i < devices.Claims.Count; i++)
            {
                if (!PodResourceClaims.IsReservedFor(devices.Claims[i], pod.Pod.Metadata.Uid))
                {
                    devices.Claims[i] = await BindClaimAsync(devices, devices.Claims[i], pod.Pod, cancel);
                }
            }

            return devices.Claims.Any(BindingConditions.HasAny)
                ? await WaitAsync(devices, pod.Pod, node, cancel)
                : null;
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

    private async Task<ResourceClaim> BindClaimAsync(
        PodDevices devices, ResourceClaim claim, Pod pod, CancellationToken cancel)
    {
        var key = ObjectKey.Of(claim);
        try
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    var bound = await BindClaimOnceAsync(
                        claim, devices.Reserved.GetValueOrDefault(key), pod, cancel);
                    _world.Claims.Wrote(bound);
                    return bound;
                }
                catch (ApiException failure) when (failure.IsConflict && tries < MaxTries)
                {
                    claim = await _context.Client.GetAsync<ResourceClaim>(key.Namespace, key.Name, cancel);
                }
            }
        }
        finally
        {
            _world.Claims.End(key);
        }
    }

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
    private async Task<PluginStatus?> WaitAsync(PodDevices devices, Pod pod, string node, CancellationToken cancel)
    {
        _context.Events.Normal(
            pod, "BindingConditionsPending", $"waiting for binding conditions for device on node {node}");
        var started = _context.Time.GetTimestamp();
        while (true)
        {
            // Taken first: a change that comes while we look is not missed.
            var changed = _world.Changes.Next;
            var areMet = true;
            for (var i = 0; i < devices.Claims.Count; i++)
            {
                var claim = devices.Claims[i] =
                    _world.Claims.Get(ObjectKey.Of(devices.Claims[i])) ?? devices.Claims[i];
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

    /// <summary>One entry of the list goes, whatever else is in it by now.</summary>
    private async Task ReleaseAsync(Task before, ResourceClaim claim, Pod pod)
    {
        await before;
        try
        {
            await _context.Client.PatchAsync<ResourceClaim>(
                claim.Metadata.Namespace, claim.Metadata.Name, ReleasePatch(claim, pod), "status",
                CancellationToken.None);
        }
        catch (ApiException)
        {
            // The controller of claims takes back what a pod that does not run has reserved.
        }
        catch (HttpRequestException)
        {
            // The same.
        }
    }

    private static Patch ReleasePatch(ResourceClaim claim, Pod pod) => Json.Strategic(json =>
    {
        json.Object("metadata", metadata => metadata.WriteString("uid", claim.Metadata.Uid));
        json.Object("status", status => status.Array("reservedFor", list =>
        {
            list.WriteStartObject();
            list.WriteString("$patch", "delete");
            list.WriteString("uid", pod.Metadata.Uid);
            list.WriteEndObject();
        }));
    });
}
