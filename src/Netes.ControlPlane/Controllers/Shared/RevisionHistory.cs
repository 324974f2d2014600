using System.Text;
using System.Text.Json;
using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// The former templates of a daemon set or stateful set, kept as ControllerRevisions: <c>kubectl rollout history</c>
/// and <c>undo</c> read them. Source: pkg/controller/history/controller_history.go, pkg/controller/daemon/update.go.
/// </summary>
internal static class RevisionHistory
{
    /// <summary>The label by which a pod tells the template it was made from.</summary>
    public const string HashLabel = "controller-revision-hash";

    /// <summary>The patch that makes a template the object's own again.</summary>
    public static RawJson PatchOf(PodTemplateSpec template) => new(Json.Write(patch => patch.Object("spec", spec =>
    {
        spec.WriteStartObject("template");
        spec.WriteString("$patch", "replace");
        using var parsed = JsonDocument.Parse(JsonCodec.Encode(template));
        foreach (var property in parsed.RootElement.EnumerateObject())
        {
            property.WriteTo(spec);
        }

        spec.WriteEndObject();
    })));

    /// <summary>The template that a revision holds.</summary>
    public static PodTemplateSpec TemplateOf(ControllerRevision revision)
    {
        using var parsed = JsonDocument.Parse(revision.Data?.Utf8 ?? "{}"u8.ToArray());
        return parsed.RootElement.TryGetProperty("spec", out var spec)
            && spec.TryGetProperty("template", out var template)
            && JsonCodec.Decode<PodTemplateSpec>(Encoding.UTF8.GetBytes(template.GetRawText())).Value is { } value
                ? value
                : throw new TerminalException($"ControllerRevision {ObjectKey.Of(revision)} holds no pod template");
    }

    /// <summary>The same value; the store may write it in another way.</summary>
    public static bool IsSame(RawJson? one, RawJson? other)
    {
        if (one is null || other is null)
        {
            return one is null && other is null;
        }

        using var left = JsonDocument.Parse(one.Utf8);
        using var right = JsonDocument.Parse(other.Utf8);
        return JsonElement.DeepEquals(left.RootElement, right.RootElement);
    }

    public static string HashOf(ControllerRevision revision) => revision.Metadata.Labels.Get(HashLabel, "");

    /// <summary>The revision of the current template as it should be made.</summary>
    public static ControllerRevision Snapshot<TOwner>(
        TOwner owner, PodTemplateSpec template, int? collisions, long number)
        where TOwner : class, IResource<TOwner>
    {
        var hash = TemplateHash.Of(template, collisions);
        return new ControllerRevision
        {
            Metadata = new()
            {
                Namespace = owner.Metadata.Namespace,
                Name = $"{owner.Metadata.Name}-{hash}",
                Labels = template.Metadata.Labels.Set(HashLabel, hash),
                Annotations = owner.Metadata.Annotations,
                OwnerReferences = [ObjectReferences.Controller(owner)],
            },
            Data = PatchOf(template),
            Revision = number,
        };
    }

    /// <summary>The oldest revisions beyond the limit that no pod was made from.</summary>
    public static IEnumerable<ControllerRevision> Outdated(
        IReadOnlyCollection<ControllerRevision> old, IEnumerable<Pod> pods, int limit)
    {
        var live = pods.Select(pod => pod.Metadata.Labels.Get(HashLabel, "")).ToHashSet(StringComparer.Ordinal);
        return old
            .OrderBy(revision => revision.Revision)
            .Where(revision => !live.Contains(HashOf(revision)))
            .Take(Math.Max(0, old.Count - limit));
    }
}
