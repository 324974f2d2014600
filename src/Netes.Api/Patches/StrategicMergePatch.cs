namespace Netes.Api;

/// <summary>
/// Strategic merge patch: objects are merged; lists whose schema says so are merged by key, the others replaced;
/// directives (<c>$patch</c>, <c>$retainKeys</c>, <c>$setElementOrder/x</c>, <c>$deleteFromPrimitiveList/x</c>) delete,
/// replace and order. Source: apimachinery pkg/util/strategicpatch/patch.go.
/// </summary>
public static class StrategicMergePatch
{
    public const string MediaType = "application/strategic-merge-patch+json";

    public static PatchResult Apply(TypeSchema schema, ReadOnlySpan<byte> document, ReadOnlySpan<byte> patch) =>
        PatchDocuments.Apply(document, patch, (target, change) => Merge(schema, target, change));

    /// <summary>The same on a tree, which is changed.</summary>
    public static PatchResult Apply(TypeSchema schema, JsonTree? document, ReadOnlySpan<byte> patch) =>
        PatchDocuments.Apply(document, patch, (target, change) => Merge(schema, target, change));

    private static TreeMap Merge(TypeSchema schema, JsonTree? target, JsonTree? change) => change is TreeMap members
        ? StrategicMaps.Merge(target as TreeMap, members, new PatchPlace(ValueSchema.Message(schema)))
        : throw new PatchException(PatchFailure.BadRequest, "invalid JSON document");
}

/// <summary>A value's schema during a merge, and how it merges.</summary>
internal readonly record struct PatchPlace(ValueSchema? Value, string Strategy = "", string MergeKey = "")
{
    public bool IsMerge => Strategy == "merge";

    public bool IsReplace => Strategy == "replace";

    /// <summary>The member of an object. Source: third_party/forked/golang/json/fields.go,
    /// LookupPatchMetadata.</summary>
    public PatchPlace Member(string name)
    {
        if (Value?.Shape == ValueShape.Map)
        {
            return new(Value.Element);
        }

        if (Value?.Type?.Find(name) is not { } field)
        {
            var owner = Value?.Type?.StructName ?? "RawExtension";
            throw new PatchException(
                PatchFailure.Internal, $"unable to find api field in struct {owner} for the json field \"{name}\"");
        }

        var strategies = field.PatchStrategy?.Split(',') ?? [];
        return new(
            field.Value, strategies.FirstOrDefault(strategy => strategy != "retainKeys") ?? "",
            field.PatchMergeKey ?? "");
    }

    public PatchPlace Item() => new(Value?.Element);
}
