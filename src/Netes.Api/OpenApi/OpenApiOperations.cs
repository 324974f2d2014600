using System.Text.Json;

namespace Netes.Api;

/// <summary>Writes operations and parameters, which is where OpenAPI 2 and 3 differ most.</summary>
internal sealed class OpenApiOperations(Utf8JsonWriter writer, bool isV3)
{
    private static readonly string[] MediaTypes =
        ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

    private static readonly string[] PatchTypes =
    [
        "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json",
        "application/apply-patch+yaml",
    ];

    private static readonly Dictionary<string, (string Type, string Description)> Known = new()
    {
        ["allowWatchBookmarks"] = ("boolean", "Asks for bookmark events, which tell how far a watch has come."),
        ["continue"] = ("string", "Where to go on, from the metadata of the page before."),
        ["dryRun"] = ("string", "All: everything is checked and nothing is kept."),
        ["fieldManager"] = ("string", "The name of who makes the change; at most 128 printable characters."),
        ["fieldSelector"] = ("string", "Selects objects by their fields."),
        ["fieldValidation"] = ("string", "What becomes of unknown and duplicate fields: Ignore, Warn or Strict."),
        ["force"] = ("boolean", "Takes fields from other managers when applying."),
        ["gracePeriodSeconds"] = ("integer", "Seconds until the object is deleted; 0 is at once."),
        ["labelSelector"] = ("string", "Selects objects by their labels."),
        ["limit"] = ("integer", "How many objects a page has at most."),
        ["name"] = ("string", "The name of the object."),
        ["namespace"] = ("string", "The namespace of the object."),
        ["orphanDependents"] = ("boolean", "Deprecated: use propagationPolicy."),
        ["pretty"] = ("string", "true: the answer is indented."),
        ["propagationPolicy"] = ("string", "What becomes of dependents: Orphan, Background or Foreground."),
        ["resourceVersion"] = ("string", "The revision that is asked for, or that a watch starts after."),
        ["resourceVersionMatch"] = ("string", "How resourceVersion is meant: Exact or NotOlderThan."),
        ["sendInitialEvents"] = ("boolean", "A watch begins with the objects that exist."),
        ["timeoutSeconds"] = ("integer", "How long the call may last."),
        ["watch"] = ("boolean", "Streams changes instead of a list."),
    };

    public static IReadOnlyList<string> WriteParameters { get; } = ["dryRun", "fieldManager", "fieldValidation"];

    public static IReadOnlyList<string> ListParameters { get; } =
    [
        "allowWatchBookmarks", "continue", "fieldSelector", "labelSelector", "limit", "resourceVersion",
        "resourceVersionMatch", "sendInitialEvents", "timeoutSeconds", "watch",
    ];

    public void Write(OpenApiOperation operation)
    {
        var resource = operation.Resource;
        var kind = operation.Kind?.Kind ?? resource.Kind;
        var tag = $"{(resource.Group.Length == 0 ? "core" : resource.Group.Split('.')[0])}_{resource.Version}";
        writer.WriteStartObject(operation.Method);
        writer.WriteStartArray("tags"u8);
        writer.WriteStringValue(tag);
        writer.WriteEndArray();
        writer.WriteString("description"u8, Describe(operation, kind));
        writer.WriteString("operationId"u8, Id(operation, tag));
        if (!isV3)
        {
            WriteTexts("consumes", operation.Method == "patch" ? PatchTypes : ["*/*"]);
            WriteTexts("produces", MediaTypes);
        }

        WriteInputs(operation);
        WriteResponses(operation);
        writer.WriteString("x-kubernetes-action"u8, operation.Action);
        writer.WritePropertyName("x-kubernetes-group-version-kind"u8);
        OpenApiPrimitives.WriteKind(
            writer, operation.Kind?.Group ?? resource.Group,
            operation.Kind?.Group is null ? resource.Version : "v1", kind);
        writer.WriteEndObject();
    }

    /// <summary>Parameters of all operations of a path: those in the path itself, and <c>pretty</c>.</summary>
    public void WritePathParameters(IReadOnlyList<string> names)
    {
        writer.WriteStartArray("parameters"u8);
        foreach (var name in names)
        {
            WriteParameter(name, inPath: true);
        }

        WriteParameter("pretty", inPath: false);
        writer.WriteEndArray();
    }

    private static string Describe(OpenApiOperation operation, string kind) => operation.Action switch
    {
        "list" => $"list or watch objects of kind {kind}",
        "create" => $"create {kind}",
        "deletecollection" => $"delete collection of {kind}",
        "put" => $"replace the specified {kind}",
        "get" => $"read the specified {kind}",
        "patch" => $"partially update the specified {kind}",
        _ => $"delete {kind}",
    };

    private static string Id(OpenApiOperation operation, string tag)
    {
        var resource = operation.Resource;
        var group = string.Concat(tag.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        var verb = operation.Action switch
        {
            "put" => "replace",
            "get" => "read",
            "deletecollection" => "delete",
            var same => same,
        };
        var scope = operation.Scope is "AllNamespaces" or "" ? "" : operation.Scope;
        scope = scope.Length == 0 && resource.Namespaced && operation.Scope.Length == 0 ? "Namespaced" : scope;
        var all = operation.Scope == "AllNamespaces" ? "ForAllNamespaces" : "";
        return $"{verb}{group}{scope}{resource.Kind}{operation.Suffix}{all}";
    }

    private void WriteInputs(OpenApiOperation operation)
    {
        writer.WriteStartArray("parameters"u8);
        if (!isV3 && operation.Body is not null)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, "body"u8);
            writer.WriteString("in"u8, "body"u8);
            writer.WriteBoolean("required"u8, operation.Action is not ("delete" or "deletecollection"));
            WriteSchema(operation.Body);
            writer.WriteEndObject();
        }

        foreach (var name in operation.Parameters)
        {
            WriteParameter(name, inPath: false);
        }

        writer.WriteEndArray();
        if (isV3 && operation.Body is not null)
        {
            writer.WriteStartObject("requestBody"u8);
            WriteContent(operation.Method == "patch" ? PatchTypes : ["*/*"], operation.Body);
            writer.WriteEndObject();
        }
    }

    private void WriteResponses(OpenApiOperation operation)
    {
        writer.WriteStartObject("responses"u8);
        string[] codes = operation.Action switch
        {
            "create" => ["200", "201", "202"],
            "put" or "patch" => ["200", "201"],
            "delete" => ["200", "202"],
            _ => ["200"],
        };
        foreach (var code in codes)
        {
            writer.WriteStartObject(code);
            writer.WriteString("description"u8, code switch { "200" => "OK", "201" => "Created", _ => "Accepted" });
            if (isV3)
            {
                WriteContent(MediaTypes, operation.Answer);
            }
            else
            {
                WriteSchema(operation.Answer);
            }

            writer.WriteEndObject();
        }

        writer.WriteStartObject("401"u8);
        writer.WriteString("description"u8, "Unauthorized"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteContent(IEnumerable<string> mediaTypes, string schema)
    {
        writer.WriteStartObject("content"u8);
        foreach (var mediaType in mediaTypes)
        {
            writer.WriteStartObject(mediaType);
            WriteSchema(schema);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private void WriteSchema(string name)
    {
        writer.WriteStartObject("schema"u8);
        writer.WriteString("$ref"u8, (isV3 ? "#/components/schemas/" : "#/definitions/") + name);
        writer.WriteEndObject();
    }

    private void WriteParameter(string name, bool inPath)
    {
        var (type, description) = Known[name];
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteString("in"u8, inPath ? "path"u8 : "query"u8);
        writer.WriteString("description"u8, description);
        if (inPath)
        {
            writer.WriteBoolean("required"u8, true);
        }

        if (isV3)
        {
            writer.WriteStartObject("schema"u8);
        }

        writer.WriteString("type"u8, type);
        writer.WriteBoolean("uniqueItems"u8, true);
        if (isV3)
        {
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private void WriteTexts(string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
