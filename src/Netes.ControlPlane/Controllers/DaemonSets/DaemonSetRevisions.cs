using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Keeps one ControllerRevision per template that a daemon set had. Source: pkg/controller/daemon/update.go,
/// constructHistory.
/// </summary>
internal sealed class DaemonSetRevisions(KubernetesClient client, OwnWrites<ControllerRevision> writes)
{
    /// <summary>The revision of the current template (made when there is none) and the others.</summary>
    public async Task<(ControllerRevision Current, List<ControllerRevision> Old)> SyncAsync(
        DaemonSet set, List<ControllerRevision> owned, CancellationToken cancel)
    {
        var patch = RevisionHistory.PatchOf(set.Spec.Template);
        var isSame = owned.ToLookup(revision => RevisionHistory.IsSame(revision.Data, patch));
        var same = isSame[true].OrderByDescending(revision => revision.Revision).ToList();
        var old = isSame[false].ToList();
        var next = old.Select(revision => revision.Revision).DefaultIfEmpty(0).Max() + 1;
        if (same.Count == 0)
        {
            return (await CreateAsync(set, next, cancel), old);
        }

        var current = same[0];
        foreach (var twin in same.Skip(1))
        {
            await writes.DeleteAsync(client, ObjectKey.Of(set), twin, cancel);
        }

        if (current.Revision < next)
        {
            current = Stored(set, await client.UpdateAsync(current with { Revision = next }, cancel));
        }

        return (current, old);
    }

    public async Task CleanUpAsync(
        DaemonSet set, IReadOnlyCollection<ControllerRevision> old, IEnumerable<Pod> pods, CancellationToken cancel)
    {
        foreach (var revision in RevisionHistory.Outdated(old, pods, set.Spec.RevisionHistoryLimit ?? 10).ToList())
        {
            await writes.DeleteAsync(client, ObjectKey.Of(set), revision, cancel);
        }
    }

    private async Task<ControllerRevision> CreateAsync(DaemonSet set, long number, CancellationToken cancel)
    {
        var wanted = RevisionHistory.Snapshot(set, set.Spec.Template, set.Status.CollisionCount, number);
        try
        {
            return Stored(set, await client.CreateAsync(wanted, cancel));
        }
        catch (ApiException failure) when (failure.IsAlreadyExists)
        {
            var existing = await client.GetAsync<ControllerRevision>(
                wanted.Metadata.Namespace, wanted.Metadata.Name, cancel);
            if (RevisionHistory.IsSame(existing.Data, wanted.Data)
                && ObjectReferences.ControllerOf(existing.Metadata)?.Uid == set.Metadata.Uid)
            {
                return Stored(set, existing);
            }

            var collisions = (set.Status.CollisionCount ?? 0) + 1;
            await client.UpdateStatusAsync(
                set with { Status = set.Status with { CollisionCount = collisions } }, cancel);
            throw new InvalidOperationException(
                $"the hash of the template of DaemonSet {ObjectKey.Of(set)} collides with another one's");
        }
    }

    private ControllerRevision Stored(DaemonSet set, ControllerRevision revision)
    {
        writes.Stored(ObjectKey.Of(set), revision);
        return revision;
    }
}
