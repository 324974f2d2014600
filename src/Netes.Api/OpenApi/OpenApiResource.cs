namespace Netes.Api;

/// <summary>What an OpenAPI document says of one resource: its paths, and the definitions they speak of.</summary>
public sealed record OpenApiResource
{
    public required string Group { get; init; }

    public required string Version { get; init; }

    public required string Kind { get; init; }

    public required string Plural { get; init; }

    public required bool Namespaced { get; init; }

    public required ValueList<string> Verbs { get; init; }

    public required ValueList<string> Subresources { get; init; }

    /// <summary>The definition of one object, e.g. <c>io.k8s.api.core.v1.Pod</c>.</summary>
    public required string SchemaName { get; init; }

    /// <summary>The type of a built-in kind; null for a custom one, whose schema is
    /// <see cref="CustomSchema"/>.</summary>
    public TypeSchema? Type { get; init; }

    /// <summary>The OpenAPI v3 schema of a custom kind.</summary>
    public RawJson? CustomSchema { get; init; }

    public string ListSchemaName => SchemaName + "List";

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary><c>/api/v1</c> or <c>/apis/apps/v1</c>.</summary>
    public string Root => Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";

    public static OpenApiResource Of(ResourceDefinition definition) => definition.Accept(Visitor.Instance);

    private sealed class Visitor : IResourceVisitor<OpenApiResource>
    {
        public static Visitor Instance { get; } = new();

        public OpenApiResource Visit<T>(ResourceDefinition<T> definition)
            where T : class, IResource<T> => new()
            {
                Group = definition.Group,
                Version = definition.Version,
                Kind = definition.Kind,
                Plural = definition.Plural,
                Namespaced = definition.Namespaced,
                Verbs = definition.Verbs,
                Subresources = definition.HasStatus
                    ? definition.Subresources.Add("status")
                    : definition.Subresources,
                SchemaName = T.WireSchema.Name,
                Type = T.WireSchema,
            };
    }
}
