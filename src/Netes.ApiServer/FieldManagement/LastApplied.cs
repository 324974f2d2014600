using System.Text;
using Netes.Api;

namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// The annotation of client-side apply, which kubectl's server-side apply takes over and keeps true.
/// Source: apimachinery pkg/util/managedfields/internal/lastapplied.go, lastappliedmanager.go, lastappliedupdater.go.
/// </summary>
internal static class LastApplied
{
    /// <summary>The one manager whom this is for.</summary>
    public const string Manager = "kubectl";

    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    // Source: apimachinery pkg/api/validation/objectmeta.go, TotalAnnotationSizeLimitB.
    private const int MaxAnnotations = 256 << 10;

    /// <summary>
    /// The fields that client-side apply set and that are still as it set them; null when there is no such annotation.
    /// </summary>
    public static byte[]? Fields(FieldShape kind, TreeMap live, string version)
    {
        if (!JsonTree.TryParse(Encoding.UTF8.GetBytes(Of(live)), out var tree, out _) || tree is not TreeMap applied
            || ApplyErrors.Text(applied, "apiVersion") != version)
        {
            return null;
        }

        var (output, scratch) = (new FieldsWriter(), FieldScratch.Rent());
        try
        {
            var config = JsonTree.Encode(applied);
            FieldComparison.Collect(kind, config, default, scratch.Items, scratch.First);
            FieldComparison.Compare(kind, config, JsonTree.Encode(live), default, scratch);
            FieldSets.Union(scratch.Changed.Finish(), scratch.Removed.Finish(), scratch.Lost);
            FieldSets.Difference(scratch.First.Finish(), scratch.Lost.Finish(), output);
            return output.Finish().ToArray();
        }
        finally
        {
            scratch.Return();
        }
    }

    /// <summary>The object with the configuration as its annotation, where it has one.</summary>
    public static TreeMap Update(TreeMap value, TreeMap config)
    {
        if (Of(value).Length == 0)
        {
            return value;
        }

        var written = config.Clone();
        if (written.Get("metadata") is TreeMap { } metadata && metadata.Get("annotations") is TreeMap given)
        {
            given.Members.Remove(Annotation);
        }

        var updated = value.Clone();
        var annotations = (TreeMap)((TreeMap)updated.Get("metadata")!).Get("annotations")!;
        annotations.Members[Annotation] = new TreeText(
            Encoding.UTF8.GetString(JsonTree.Encode(SortedTrees.Sort(written))) + "\n");
        if (annotations.Members.Sum(static pair => pair.Key.Length + (pair.Value?.ToString().Length ?? 0))
            > MaxAnnotations)
        {
            annotations.Members.Remove(Annotation);
        }

        return updated;
    }

    private static string Of(TreeMap value) =>
        ApplyErrors.Text((value.Get("metadata") as TreeMap)?.Get("annotations") as TreeMap, Annotation);
}
