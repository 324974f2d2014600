namespace Netes.Api;

/// <summary>Marks a wire type. <paramref name="schemaName"/> is its name in OpenAPI definitions.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ApiTypeAttribute(string schemaName) : Attribute
{
    public string SchemaName { get; } = schemaName;
}

/// <summary>Marks a type that carries <c>apiVersion</c> and <c>kind</c> on the wire.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ApiKindAttribute(string group, string version, string kind) : Attribute
{
    public string Group { get; } = group;

    public string Version { get; } = version;

    public string Kind { get; } = kind;
}

/// <summary>
/// The wire facts of one field: protobuf number (0: not in protobuf) and JSON name. A non-nullable property is a Go
/// value (zero when absent), a nullable one a Go pointer (<c>null</c> when absent).
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FieldAttribute(int number, string name = "") : Attribute
{
    public int Number { get; } = number;

    public string Name { get; } = name;

    /// <summary>
    /// The zero value is left out of JSON. Not set where Go says omitempty of a struct that is a value: Go writes those
    /// all the same, a time as null.
    /// </summary>
    public bool OmitEmpty { get; init; }

    /// <summary>The fields of this type stand in the owner's JSON object; in protobuf it is a nested message.</summary>
    public bool Inline { get; init; }

    public bool Required { get; init; }

    public string? ListType { get; init; }

    public string[]? ListMapKeys { get; init; }

    public string? MapType { get; init; }

    public string? StructType { get; init; }

    public string? PatchStrategy { get; init; }

    public string? PatchMergeKey { get; init; }

    /// <summary>JSON text of the default that the schema declares.</summary>
    public string? Default { get; init; }

    /// <summary>In protobuf the list is a message of its own, with the items under 1 (Go's named slice
    /// types).</summary>
    public bool Wrapped { get; init; }

    /// <summary>A static class whose constants are the allowed values.</summary>
    public Type? EnumOf { get; init; }
}
