using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Extended resources for which there are devices. The claim for them is made when the pod is bound; one that was made
/// and not used, because the binding failed or the process died, is deleted, and the pod tried again.
/// Source: plugins/dynamicresources/extendeddynamicresources.go (KEP-5004).
/// </summary>
internal sealed partial class DynamicResources
{
    /// <summary>So long a claim may take from the API server to our cache.</summary>
    private static readonly TimeSpan CacheTimeout = TimeSpan.FromSeconds(120);

    private static readonly PluginStatus LeftClaim = Unresolvable("cannot schedule extended resource claim");
    private static readonly PluginStatus NoResource = Unresolvable("cannot fit resource");

    /// <summary>Null: the pod asks for nothing that devices stand for.</summary>
    private ExtendedDemand? ExtendedOf(CycleState state, PodInfo pod)
    {
        if (!pod.Requests.HasExtended)
        {
            return null;
        }

        var classes = _world.ExtendedResourcesOf(state);
        string[] resources =
        [
            .. pod.Requests.Extended.Where(static pair => pair.Value > 0).Select(static pair => pair.Key)
                .Where(ExtendedResources.MayBeDevices).Order(StringComparer.Ordinal),
        ];
        return Array.Exists(resources, name => classes.Of(name) is not null)
            ? new ExtendedDemand(pod.Pod, resources, classes, _world.ExtendedClaimOf(pod.Pod))
            : null;
    }

    /// <summary>Makes the claim, allocates it, and tells the pod.</summary>
    private async Task BindExtendedAsync(
        PodDevices devices, ExtendedDemand extended, ExtendedChoice choice, Pod pod, CancellationToken cancel)
    {
        try
        {
            extended.Claim = await CreateAsync(choice.Claim, cancel);
            try
            {
                extended.Claim = await BindClaimAsync(
                    extended.Claim, devices.Reserved.GetValueOrDefault(extended.Key), pod, cancel);
                await TellAsync(pod, new() { RequestMappings = choice.Mappings, ResourceClaimName = NameOf(extended) },
                    cancel);
            }
            finally
            {
                // Until then the devices would look free to others.
                await SeenAsync(extended.Claim, cancel);
            }
        }
        finally
        {
            _world.Claims.End(extended.Key);
        }
    }

    private static string NameOf(ExtendedDemand extended) => extended.Claim.Metadata.Name;

    private async Task<ResourceClaim> CreateAsync(ResourceClaim claim, CancellationToken cancel)
    {
        var succeeded = false;
        try
        {
            var created = await _context.Client.CreateAsync(
                claim with { Metadata = claim.Metadata with { Name = "" } }, cancel);
            succeeded = true;
            return created;
        }
        catch (ApiException failure)
        {
            throw new DeviceException(
                $"create claim for extended resources {claim.Metadata.Namespace}/: {failure.Message}");
        }
        finally
        {
            _context.Measured?.Claimed(succeeded);
        }
    }

    /// <param name="pod">The pod.</param>
    /// <param name="status">Null: what it says of a try that came to nothing does not hold any more.</param>
    /// <param name="cancel">Stops it.</param>
    private async Task TellAsync(Pod pod, PodExtendedResourceClaimStatus? status, CancellationToken cancel)
    {
        try
        {
            await _context.Client.PatchAsync<Pod>(
                pod.Metadata.Namespace, pod.Metadata.Name, StatusPatch(status), "status", cancel);
        }
        catch (ApiException failure)
        {
            throw new DeviceException(
                $"update pod {ObjectKey.Of(pod)} ExtendedResourceClaimStatus: {failure.Message}");
        }
    }

    private static Patch StatusPatch(PodExtendedResourceClaimStatus? next) => Json.Strategic(json =>
        json.Object("status", status =>
        {
            if (next is null)
            {
                status.WriteNull("extendedResourceClaimStatus");
                return;
            }

            status.Object("extendedResourceClaimStatus", claim =>
            {
                claim.Array("requestMappings", list =>
                {
                    foreach (var mapping in next.RequestMappings)
                    {
                        list.WriteStartObject();
                        list.WriteString("containerName", mapping.ContainerName);
                        list.WriteString("resourceName", mapping.ResourceName);
                        list.WriteString("requestName", mapping.RequestName);
                        list.WriteEndObject();
                    }
                });
                claim.WriteString("resourceClaimName", next.ResourceClaimName);
            });
        }));

    /// <summary>Ends when the cache knows the claim, or when that takes too long: then it is not worth more.</summary>
    private async Task SeenAsync(ResourceClaim claim, CancellationToken cancel)
    {
        var started = _context.Time.GetTimestamp();
        while (true)
        {
            // Taken first: a change that comes while we look is not missed.
            var changed = _world.Changes.Next;
            _world.Claims.Wrote(claim);
            var left = CacheTimeout - _context.Time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || _world.Claims.Knows(claim))
            {
                return;
            }

            try
            {
                await changed.WaitAsync(left, _context.Time, cancel);
            }
            catch (TimeoutException)
            {
                // The next look says that it took too long.
            }
        }
    }

    /// <summary>
    /// As it is now: its finalizer, without which it goes at once, may have come after what we know of it.
    /// </summary>
    private async Task DeleteAsync(ResourceClaim claim, CancellationToken cancel)
    {
        try
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    var latest = await _context.Client.GetAsync<ResourceClaim>(
                        claim.Metadata.Namespace, claim.Metadata.Name, cancel);
                    if (latest.Metadata.Uid != claim.Metadata.Uid)
                    {
                        return;
                    }

                    if (ResourceClaimPlan.WithoutFinalizer(latest) is { } bare)
                    {
                        await _context.Client.UpdateAsync(bare, cancel);
                    }

                    await _context.Client.DeleteAsync<ResourceClaim>(
                        claim.Metadata.Namespace, claim.Metadata.Name,
                        new() { Preconditions = new() { Uid = claim.Metadata.Uid } }, cancel);
                    return;
                }
                catch (ApiException failure) when (failure.IsConflict && tries < MaxTries)
                {
                    continue;
                }
            }
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // Gone already.
        }
    }

    private async Task GiveUpAsync(Task before, ResourceClaim claim)
    {
        await before;
        try
        {
            await DeleteAsync(claim, CancellationToken.None);
        }
        catch (ApiException)
        {
            // The next try finds what is left of this one.
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            // The same.
        }
    }
}
