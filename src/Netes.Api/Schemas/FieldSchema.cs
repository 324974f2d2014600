namespace Netes.Api;

/// <summary>One field of a <see cref="TypeSchema"/>.</summary>
/// <param name="Name">The JSON name.</param>
/// <param name="Value">What stands under it.</param>
public sealed record FieldSchema(string Name, ValueSchema Value)
{
    public static FieldSchema KindField { get; } = new("kind", ValueSchema.Text)
    {
        OmitEmpty = true,
        Documentation = "The name of the object's type; the server takes it from the endpoint, and it never changes.",
    };

    public static FieldSchema ApiVersionField { get; } = new("apiVersion", ValueSchema.Text)
    {
        OmitEmpty = true,
        Documentation = "The group and version of the schema that this representation follows.",
    };

    /// <summary>A Go pointer: absent is told apart from zero.</summary>
    public bool Nullable { get; init; }

    public bool OmitEmpty { get; init; }

    public bool Required { get; init; }

    public bool Inline { get; init; }

    /// <summary><c>atomic</c>, <c>set</c> or <c>map</c>; null where Kubernetes says nothing, which is atomic.</summary>
    public string? ListType { get; init; }

    public IReadOnlyList<string> ListMapKeys { get; init; } = [];

    public string? MapType { get; init; }

    public string? StructType { get; init; }

    /// <summary><c>merge</c>, <c>replace</c>, <c>retainKeys</c>, or two of them with a comma.</summary>
    public string? PatchStrategy { get; init; }

    public string? PatchMergeKey { get; init; }

    /// <summary>JSON text.</summary>
    public string? Default { get; init; }

    public IReadOnlyList<string> Enum { get; init; } = [];

    /// <summary>Go's name of the enumeration.</summary>
    public string? EnumName { get; init; }

    public string Documentation { get; init; } = "";

    public bool MergesOnPatch => HasStrategy("merge");

    public bool RetainsKeys => HasStrategy("retainKeys");

    private bool HasStrategy(string strategy) =>
        PatchStrategy is not null && PatchStrategy.Split(',').AsSpan().Contains(strategy);
}
