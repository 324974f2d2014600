using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>The revisions of a set: the one its pods come from, and the one they go to.</summary>
/// <param name="Current">What pods below the partition are made from.</param>
/// <param name="Update">The set's template.</param>
/// <param name="All">All of the set, oldest first.</param>
/// <param name="Collisions">How often the hash of a template was another one's, so far.</param>
internal sealed record RevisionState(
    ControllerRevision Current, ControllerRevision Update, List<ControllerRevision> All, int Collisions);

/// <summary>
/// Keeps one ControllerRevision per template that a stateful set had. Source: getStatefulSetRevisions and
/// truncateHistory of pkg/controller/statefulset/stateful_set_control.go, pkg/controller/history.
/// </summary>
internal sealed class StatefulRevisions(KubernetesClient client, OwnWrites<ControllerRevision> writes)
{
    /// <summary>The set's revisions; that of its template is made, or becomes the newest again.</summary>
    public async Task<RevisionState> SyncAsync(
        StatefulSet set, IEnumerable<ControllerRevision> owned, CancellationToken cancel)
    {
        var all = Sorted(owned);
        var patch = RevisionHistory.PatchOf(set.Spec.Template);
        var same = all.LastOrDefault(revision => RevisionHistory.IsSame(revision.Data, patch));
        var next = all.Count == 0 ? 1 : all[^1].Revision + 1;
        var collisions = set.Status.CollisionCount ?? 0;
        if (same is null)
        {
            (same, collisions) = await CreateAsync(set, next, collisions, cancel);
            all.Add(same);
        }
        else if (same != all[^1])
        {
            var renewed = Stored(set, await client.UpdateAsync(same with { Revision = next }, cancel));
            all.Remove(same);
            all.Add(renewed);
            same = renewed;
        }

        var current = all.FirstOrDefault(revision => revision.Metadata.Name == set.Status.CurrentRevision) ?? same;
        return new RevisionState(current, same, all, collisions);
    }

    /// <summary>Deletes the oldest revisions beyond the limit that neither the set nor a pod needs.</summary>
    public async Task CleanUpAsync(
        StatefulSet set, RevisionState revisions, IEnumerable<Pod> pods, CancellationToken cancel)
    {
        var live = pods.Select(pod => pod.Metadata.Labels.Get(RevisionHistory.HashLabel, ""))
            .Append(revisions.Current.Metadata.Name)
            .Append(revisions.Update.Metadata.Name)
            .ToHashSet(StringComparer.Ordinal);
        var history = revisions.All.Where(revision => !live.Contains(revision.Metadata.Name)).ToList();
        foreach (var revision in history.Take(Math.Max(0, history.Count - (set.Spec.RevisionHistoryLimit ?? 10))))
        {
            await writes.DeleteAsync(client, ObjectKey.Of(set), revision, cancel);
        }
    }

    private static List<ControllerRevision> Sorted(IEnumerable<ControllerRevision> revisions) =>
    [
        .. revisions.OrderBy(revision => revision.Revision)
            .ThenBy(revision => revision.Metadata.CreationTimestamp?.UnixSeconds ?? 0)
            .ThenBy(revision => revision.Metadata.Name, StringComparer.Ordinal),
    ];

    private async Task<(ControllerRevision Revision, int Collisions)> CreateAsync(
        StatefulSet set, long number, int collisions, CancellationToken cancel)
    {
        while (true)
        {
            var wanted = RevisionHistory.Snapshot(set, set.Spec.Template, collisions, number);
            try
            {
                return (Stored(set, await client.CreateAsync(wanted, cancel)), collisions);
            }
            catch (ApiException failure) when (failure.IsAlreadyExists)
            {
                var existing = await client.GetAsync<ControllerRevision>(
                    wanted.Metadata.Namespace, wanted.Metadata.Name, cancel);
                if (RevisionHistory.IsSame(existing.Data, wanted.Data)
                    && ObjectReferences.ControllerOf(existing.Metadata)?.Uid == set.Metadata.Uid)
                {
                    return (Stored(set, existing), collisions);
                }

                collisions++;
            }
        }
    }

    private ControllerRevision Stored(StatefulSet set, ControllerRevision revision)
    {
        writes.Stored(ObjectKey.Of(set), revision);
        return revision;
    }
}
