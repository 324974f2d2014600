using System.Collections.Frozen;

namespace Netes.Api;

/// <summary>
/// The fields of a wire type and the facts about them: what strategic merge, apply, OpenAPI and error texts need to
/// know. Nothing is built before it is asked for. Threading: a race builds the same fields twice, and either copy
/// serves.
/// </summary>
/// <param name="name">The name in OpenAPI definitions, e.g. <c>io.k8s.api.core.v1.Container</c>.</param>
/// <param name="group">The API group; null when the type is not a kind.</param>
/// <param name="version">The API version; null when the type is not a kind.</param>
/// <param name="kind">The kind; null when the type is not one.</param>
/// <param name="documentation">What users read.</param>
/// <param name="fields">Builds the declared fields.</param>
public sealed class TypeSchema(
    string name, string? group, string? version, string? kind, string documentation, Func<FieldSchema[]> fields)
{
    private FieldSchema[]? _fields;

    private FrozenDictionary<string, FieldSchema>? _byName;

    public string Name { get; } = name;

    public string? Group { get; } = group;

    public string? Version { get; } = version;

    public string? Kind { get; } = kind;

    public string Documentation { get; } = documentation;

    public bool IsKind => Kind is not null;

    /// <summary>Go's name of the type, e.g. <c>v1.Container</c>.</summary>
    public string GoName => Name[(Name.LastIndexOf('.', Name.LastIndexOf('.') - 1) + 1)..];

    /// <summary>Go's name without the package, e.g. <c>Container</c>.</summary>
    public string StructName => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>The fields of the JSON object, in Go's order: inline types are opened up, kinds have their type's
    /// names.</summary>
    public IReadOnlyList<FieldSchema> Fields => _fields ??= Build();

    /// <summary>The field of a JSON name; null when the type has none.</summary>
    public FieldSchema? Find(string json)
    {
        _byName ??= Fields.ToFrozenDictionary(field => field.Name);
        return _byName.GetValueOrDefault(json);
    }

    public override string ToString() => Name;

    private FieldSchema[] Build()
    {
        IEnumerable<FieldSchema> declared = fields();
        declared = declared.SelectMany(field => field.Inline ? field.Value.Type!.Fields : [field]);
        return IsKind ? [FieldSchema.KindField, FieldSchema.ApiVersionField, .. declared] : [.. declared];
    }
}
