using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Which objects an owner has: those it controls and selects stay, those it no longer selects are released, orphans it
/// selects are adopted. Source: pkg/controller/controller_ref_manager.go.
/// </summary>
internal static class Ownership
{
    /// <summary>The value of the index over owners that holds the orphans of a namespace.</summary>
    public static string OrphansOf(string ns) => $"orphans/{ns}";

    /// <summary>For an index: the controlling owner's uid, or the orphans of the namespace.</summary>
    public static IEnumerable<string> IndexValues<T>(T value)
        where T : class, IKubernetesObject =>
        [ObjectReferences.ControllerOf(value.Metadata)?.Uid ?? OrphansOf(value.Metadata.Namespace)];

    /// <summary>What is to be done with each candidate.</summary>
    public static ClaimPlan<T> Plan<T>(ObjectMeta owner, LabelSelector? selector, IEnumerable<T> candidates)
        where T : class, IKubernetesObject
    {
        var plan = new ClaimPlan<T>([], [], []);
        foreach (var candidate in candidates)
        {
            var metadata = candidate.Metadata;
            var matches = Selectors.Matches(selector, metadata.Labels);
            if (ObjectReferences.ControllerOf(metadata) is { } controller)
            {
                if (controller.Uid == owner.Uid)
                {
                    (matches ? plan.Owned : owner.DeletionTimestamp is null ? plan.Release : []).Add(candidate);
                }
            }
            else if (matches && owner.DeletionTimestamp is null && metadata.DeletionTimestamp is null
                && metadata.Namespace == owner.Namespace)
            {
                plan.Adopt.Add(candidate);
            }
        }

        return plan;
    }

    /// <summary>
    /// Carries out the plan; what the owner has then. Adoption is checked against the living owner first.
    /// </summary>
    public static Task<List<T>> ClaimAsync<T, TOwner>(
        KubernetesClient client, TOwner owner, ClaimPlan<T> plan, CancellationToken cancel)
        where T : class, IResource<T>
        where TOwner : class, IResource<TOwner> => ClaimAsync(client, owner, plan, "", cancel);

    /// <summary>The same, with a finalizer that comes and goes with the ownership; empty: none.</summary>
    public static async Task<List<T>> ClaimAsync<T, TOwner>(
        KubernetesClient client, TOwner owner, ClaimPlan<T> plan, string finalizer, CancellationToken cancel)
        where T : class, IResource<T>
        where TOwner : class, IResource<TOwner>
    {
        var owned = plan.Owned;
        if (plan.Adopt.Count > 0 && await IsAliveAsync(client, owner, cancel))
        {
            foreach (var orphan in plan.Adopt)
            {
                if (await TryPatchAsync(client, orphan, AdoptPatch(orphan, owner, finalizer), cancel) is { } adopted)
                {
                    owned.Add(adopted);
                }
            }
        }

        foreach (var foreign in plan.Release)
        {
            await TryPatchAsync(client, foreign, ReleasePatch(foreign, owner.Metadata.Uid, finalizer), cancel);
        }

        return owned;
    }

    private static async Task<bool> IsAliveAsync<TOwner>(
        KubernetesClient client, TOwner owner, CancellationToken cancel)
        where TOwner : class, IResource<TOwner>
    {
        try
        {
            var fresh = await client.GetAsync<TOwner>(owner.Metadata.Namespace, owner.Metadata.Name, cancel);
            return fresh.Metadata.Uid == owner.Metadata.Uid && fresh.Metadata.DeletionTimestamp is null;
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>The patched object; null when it is gone or another one by now.</summary>
    private static async Task<T?> TryPatchAsync<T>(
        KubernetesClient client, T value, Patch patch, CancellationToken cancel)
        where T : class, IResource<T>
    {
        try
        {
            return await client.PatchAsync<T>(value.Metadata.Namespace, value.Metadata.Name, patch, "", cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound || failure.IsInvalid || failure.IsConflict)
        {
            return null;
        }
    }

    private static Patch AdoptPatch<T, TOwner>(T orphan, TOwner owner, string finalizer)
        where T : class, IKubernetesObject
        where TOwner : class, IResource<TOwner> => Json.Strategic(json => json.Object("metadata", metadata =>
        {
            metadata.WriteString("uid", orphan.Metadata.Uid);
            metadata.Array("ownerReferences", owners =>
            {
                owners.WriteStartObject();
                owners.WriteString("apiVersion", TOwner.ApiVersion);
                owners.WriteString("kind", TOwner.Kind);
                owners.WriteString("name", owner.Metadata.Name);
                owners.WriteString("uid", owner.Metadata.Uid);
                owners.WriteBoolean("controller", true);
                owners.WriteBoolean("blockOwnerDeletion", true);
                owners.WriteEndObject();
            });
            if (finalizer.Length > 0)
            {
                metadata.Array("finalizers", finalizers => finalizers.WriteStringValue(finalizer));
            }
        }));

    private static Patch ReleasePatch<T>(T value, string ownerUid, string finalizer)
        where T : class, IKubernetesObject => Json.Strategic(json => json.Object("metadata", metadata =>
        {
            metadata.WriteString("uid", value.Metadata.Uid);
            metadata.Array("ownerReferences", owners =>
            {
                owners.WriteStartObject();
                owners.WriteString("$patch", "delete");
                owners.WriteString("uid", ownerUid);
                owners.WriteEndObject();
            });
            if (finalizer.Length > 0)
            {
                metadata.Array(
                    "$deleteFromPrimitiveList/finalizers", finalizers => finalizers.WriteStringValue(finalizer));
            }
        }));
}

/// <summary>What an owner has, and what it takes and gives up.</summary>
internal sealed record ClaimPlan<T>(List<T> Owned, List<T> Adopt, List<T> Release);
