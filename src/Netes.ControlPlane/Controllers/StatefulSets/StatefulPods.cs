using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Carries out the steps of stateful sets, and tells of them.
/// Source: pkg/controller/statefulset/stateful_pod_control.go.
/// </summary>
internal sealed class StatefulPods(
    KubernetesClient client, ObjectCache<PersistentVolumeClaim> claims, EventRecorder events)
{
    /// <returns>False: there was nothing to do.</returns>
    public async Task<bool> DoAsync(StatefulSet set, StatefulStep step, CancellationToken cancel)
    {
        var (action, pod) = step;
        if (action == StatefulAction.Delete)
        {
            return await DeleteAsync(set, pod, cancel);
        }

        await (action switch
        {
            StatefulAction.Create => CreateAsync(set, pod, cancel),
            StatefulAction.Repair => RepairAsync(set, pod, cancel),
            StatefulAction.MakeClaims => MakeClaimsAsync(set, pod, cancel),
            _ => GiveOwnersAsync(set, pod, cancel),
        });
        return true;
    }

    private async Task CreateAsync(StatefulSet set, Pod pod, CancellationToken cancel)
    {
        try
        {
            await MakeClaimsAsync(set, pod, cancel);
            await client.CreateAsync(pod, cancel);
            await GiveOwnersAsync(set, pod, cancel);
        }
        catch (ApiException failure) when (failure.IsAlreadyExists)
        {
            // The cache is behind, or the name is somebody else's: tried again, not told.
            throw;
        }
        catch (Exception failure) when (failure is ApiException or StatefulClaimException)
        {
            Tell(set, "create", pod, failure);
            throw;
        }

        Tell(set, "create", pod, null);
    }

    /// <summary>
    /// Deletes this very pod: another one may have its name by now. One that is gone is no failure.
    /// </summary>
    private async Task<bool> DeleteAsync(StatefulSet set, Pod pod, CancellationToken cancel)
    {
        try
        {
            var options = new Api.Meta.DeleteOptions { Preconditions = new() { Uid = pod.Metadata.Uid } };
            await client.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, options, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound || failure.IsConflict)
        {
            return false;
        }
        catch (ApiException failure)
        {
            Tell(set, "delete", pod, failure);
            throw;
        }

        Tell(set, "delete", pod, null);
        return true;
    }

    /// <summary>Gives a pod its identity, its volumes, and its claims their owners again.</summary>
    private async Task RepairAsync(StatefulSet set, Pod pod, CancellationToken cancel)
    {
        try
        {
            var repaired = StatefulIdentity.WithIdentity(set, pod);
            if (!StatefulIdentity.HasStorage(set, pod))
            {
                repaired = StatefulIdentity.WithStorage(set, repaired);
                await MakeClaimsAsync(set, pod, cancel);
            }

            await GiveOwnersAsync(set, pod, cancel);
            if (repaired != pod)
            {
                await client.UpdateAsync(repaired, cancel);
            }
        }
        catch (ApiException failure) when (failure.IsConflict)
        {
            // Somebody else was faster; the cache will show it.
            throw;
        }
        catch (Exception failure) when (failure is ApiException or StatefulClaimException)
        {
            Tell(set, "update", pod, failure);
            throw;
        }

        Tell(set, "update", pod, null);
    }

    /// <summary>Makes the claims of a pod that are not there.</summary>
    private async Task MakeClaimsAsync(StatefulSet set, Pod pod, CancellationToken cancel)
    {
        List<string> failures = [];
        foreach (var claim in StatefulIdentity.Claims(set, pod))
        {
            var name = claim.Metadata.Name;
            if (claims.Get(ObjectKey.Of(claim)) is { } known)
            {
                if (known.Metadata.DeletionTimestamp is not null)
                {
                    failures.Add($"pvc {name} is being deleted");
                }

                continue;
            }

            try
            {
                await client.CreateAsync(claim, cancel);
                events.Normal(set, "SuccessfulCreate",
                    $"create Claim {name} Pod {pod.Metadata.Name} in StatefulSet {set.Metadata.Name} success");
            }
            catch (ApiException failure) when (failure.IsAlreadyExists)
            {
                // The cache is behind; whether the claim may be used shows when it is not.
                failures.Add($"failed to create PVC {name}: {failure.Message}");
            }
            catch (ApiException failure)
            {
                events.Warning(set, "FailedCreate", $"create Claim {name} for Pod {pod.Metadata.Name} in StatefulSet "
                    + $"{set.Metadata.Name} failed error: {failure.Message}");
                failures.Add($"failed to create PVC {name}: {failure.Message}");
            }
        }

        if (failures.Count > 0)
        {
            throw new StatefulClaimException(
                failures.Count == 1 ? failures[0] : $"[{string.Join(", ", failures)}]");
        }
    }

    /// <summary>Gives the claims of a pod the owners that the retention policy asks for.</summary>
    private async Task GiveOwnersAsync(StatefulSet set, Pod pod, CancellationToken cancel)
    {
        foreach (var name in StatefulIdentity.ClaimNames(set, pod))
        {
            if ((claims.Get(set.Metadata.Namespace, name)
                ?? await FindClaimAsync(set.Metadata.Namespace, name, cancel)) is not { } claim)
            {
                continue;
            }

            if (ClaimRetention.HasOtherController(claim, set, pod))
            {
                events.Warning(set, "ConflictingController", $"PersistentVolumeClaim {name} has a conflicting "
                    + "OwnerReference that acts as a manging controller, the retention policy is ignored for this "
                    + "claim");
            }

            if (!ClaimRetention.IsUpToDate(claim, set, pod))
            {
                await client.UpdateAsync(ClaimRetention.Apply(claim, set, pod), cancel);
            }
        }
    }

    /// <summary>The cache may not have a claim that just came.</summary>
    private async Task<PersistentVolumeClaim?> FindClaimAsync(string ns, string name, CancellationToken cancel)
    {
        try
        {
            return await client.GetAsync<PersistentVolumeClaim>(ns, name, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return null;
        }
    }

    private void Tell(StatefulSet set, string verb, Pod pod, Exception? failure)
    {
        var reason = char.ToUpperInvariant(verb[0]) + verb[1..];
        var what = $"{verb} Pod {pod.Metadata.Name} in StatefulSet {set.Metadata.Name}";
        if (failure is null)
        {
            events.Normal(set, $"Successful{reason}", $"{what} successful");
        }
        else if (!PodControl.IsNamespaceEnding(failure))
        {
            events.Warning(set, $"Failed{reason}", $"{what} failed error: {failure.Message}");
        }
    }
}

/// <summary>The claims of a pod are not all there.</summary>
internal sealed class StatefulClaimException(string message) : Exception(message);
