namespace Netes.Api;

/// <summary>JSON merge patch. Source: RFC 7386, as github.com/evanphx/json-patch applies it.</summary>
public static class MergePatch
{
    public const string MediaType = "application/merge-patch+json";

    public static PatchResult Apply(ReadOnlySpan<byte> document, ReadOnlySpan<byte> patch) =>
        PatchDocuments.Apply(document, patch, Apply);

    /// <summary>The same on a tree, which is changed.</summary>
    public static PatchResult Apply(JsonTree? document, ReadOnlySpan<byte> patch) =>
        PatchDocuments.Apply(document, patch, Apply);

    private static TreeMap Apply(JsonTree? target, JsonTree? change) => change is TreeMap members
        ? Merge(target, members)
        : throw new PatchException(PatchFailure.BadRequest, "Invalid JSON Patch");

    /// <summary>The target with the patch merged into it; the target is changed.</summary>
    public static TreeMap Merge(JsonTree? target, TreeMap patch)
    {
        var merged = target as TreeMap ?? new TreeMap();
        foreach (var (name, value) in patch.Members)
        {
            if (value is null)
            {
                merged.Members.Remove(name);
            }
            else
            {
                merged.Members[name] = value is TreeMap members ? Merge(merged.Get(name), members) : value;
            }
        }

        return merged;
    }
}
