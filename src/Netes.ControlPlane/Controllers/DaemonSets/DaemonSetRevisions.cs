using System.Globalization;
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
    /// <summary>The label by which a pod tells the number of its template.</summary>
    public const string GenerationLabel = "pod-template-generation";

    private const string GenerationAnnotation = "deprecated.daemonset.template.generation";

    /// <summary>The number of the set's template; null: it has none that can be read.</summary>
    public static string? TemplateGeneration(DaemonSet set) =>
        long.TryParse(set.Metadata.Annotations.Get(GenerationAnnotation, ""), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>The revision of the current template (made when there is none) and the others.</summary>
    public async Task<(ControllerRevision Current, List<ControllerRevision> Old)> SyncAsync(
        DaemonSet set, List<ControllerRevision> owned, IReadOnlyList<Pod> pods, CancellationToken cancel)
    {
        var patch = RevisionHistory.PatchOf(set.Spec.Template);
        List<ControllerRevision> labelled = [];
        foreach (var revision in owned)
        {
            labelled.Add(await LabelledAsync(set, revision, cancel));
        }

        var isSame = labelled.ToLookup(revision => RevisionHistory.IsSame(revision.Data, patch));
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
            // Its pods are of the same template: they must not be made anew because it goes.
            await RelabelAsync(pods.Where(pod => HashOf(pod) == RevisionHistory.HashOf(twin)),
                RevisionHistory.HashOf(current), cancel);
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

    /// <summary>One without a hash, of a former version, gets its name as one.</summary>
    private async Task<ControllerRevision> LabelledAsync(
        DaemonSet set, ControllerRevision revision, CancellationToken cancel)
    {
        var labels = revision.Metadata.Labels;
        return labels.ContainsKey(RevisionHistory.HashLabel) ? revision
            : Stored(set, await client.UpdateAsync(revision with
            {
                Metadata = revision.Metadata with
                {
                    Labels = labels.Set(RevisionHistory.HashLabel, revision.Metadata.Name),
                },
            }, cancel));
    }

    private async Task RelabelAsync(IEnumerable<Pod> pods, string hash, CancellationToken cancel)
    {
        var patch = Json.Merge(json => json.Object("metadata", metadata => metadata.Object(
            "labels", labels => labels.WriteString(RevisionHistory.HashLabel, hash))));
        foreach (var pod in pods)
        {
            await client.PatchAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, patch, "", cancel);
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

    private static string HashOf(Pod pod) => pod.Metadata.Labels.Get(RevisionHistory.HashLabel, "");

    private ControllerRevision Stored(DaemonSet set, ControllerRevision revision)
    {
        writes.Stored(ObjectKey.Of(set), revision);
        return revision;
    }
}
