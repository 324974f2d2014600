using System.Text.Json;
using Netes.Api.Meta;

namespace Netes.Api;

/// <summary>The definitions of a document: every type that can be reached from its resources.</summary>
internal sealed class OpenApiDefinitions(Utf8JsonWriter writer, bool isV3)
{
    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    private readonly SortedDictionary<string, Action> _definitions = new(StringComparer.Ordinal);
    private readonly OpenApiValues _values = new(writer, isV3);

    public void Write(IEnumerable<OpenApiResource> resources)
    {
        foreach (var type in new[]
        {
            ListMeta.WireSchema, ObjectMeta.WireSchema, Status.WireSchema, DeleteOptions.WireSchema,
            APIResourceList.WireSchema, APIGroup.WireSchema, APIGroupList.WireSchema, WatchEvent.WireSchema,
            Autoscaling.V1.Scale.WireSchema, Core.Binding.WireSchema, Policy.Eviction.WireSchema,
            Authentication.TokenRequest.WireSchema,
        })
        {
            Add(type);
        }

        _definitions[Meta + "Patch"] = static () => { };
        foreach (var resource in resources)
        {
            if (resource.Type is not null)
            {
                Add(resource.Type);
            }
            else if (resource.CustomSchema is not null)
            {
                _definitions[resource.SchemaName] = () => WriteCustom(resource);
            }

            if (resource.Verbs.AsSpan().Contains("list"))
            {
                _definitions[resource.ListSchemaName] = () => WriteList(resource);
            }
        }

        OpenApiPrimitives.Add(_definitions, writer, isV3);
        foreach (var (name, write) in _definitions)
        {
            writer.WritePropertyName(name);
            if (name == Meta + "Patch")
            {
                OpenApiPrimitives.WritePatch(writer);
                continue;
            }

            write();
        }
    }

    private void Add(TypeSchema type)
    {
        if (!_definitions.TryAdd(type.Name, () => WriteType(type)))
        {
            return;
        }

        foreach (var field in type.Fields)
        {
            for (var value = field.Value; value is not null; value = value.Element)
            {
                if (value.Type is not null)
                {
                    Add(value.Type);
                }
            }
        }
    }

    private void WriteType(TypeSchema type)
    {
        writer.WriteStartObject();
        Description(type.Documentation);
        writer.WriteString("type"u8, "object"u8);
        var required = type.Fields.Where(field => field.Required).Select(field => field.Name).ToList();
        if (required.Count > 0)
        {
            writer.WriteStartArray("required"u8);
            required.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
        }

        if (type.Fields.Count > 0)
        {
            writer.WriteStartObject("properties"u8);
            foreach (var field in type.Fields.OrderBy(field => field.Name, StringComparer.Ordinal))
            {
                writer.WritePropertyName(field.Name);
                _values.WriteField(type, field);
            }

            writer.WriteEndObject();
        }

        if (type.IsKind)
        {
            WriteKinds(type.Group!, type.Version!, type.Kind!);
        }

        writer.WriteEndObject();
    }

    private void WriteList(OpenApiResource resource)
    {
        writer.WriteStartObject();
        Description($"A list of objects of kind {resource.Kind}.");
        writer.WriteString("type"u8, "object"u8);
        writer.WriteStartArray("required"u8);
        writer.WriteStringValue("items"u8);
        writer.WriteEndArray();
        writer.WriteStartObject("properties"u8);
        WriteText("apiVersion", FieldSchema.ApiVersionField.Documentation);
        writer.WriteStartObject("items"u8);
        Description("The objects.");
        writer.WriteString("type"u8, "array"u8);
        writer.WritePropertyName("items"u8);
        _values.WriteReference(resource.SchemaName);
        writer.WriteEndObject();
        WriteText("kind", FieldSchema.KindField.Documentation);
        writer.WritePropertyName("metadata"u8);
        _values.WriteReference(ListMeta.WireSchema.Name);
        writer.WriteEndObject();
        WriteKinds(resource.Group, resource.Version, resource.Kind + "List");
        writer.WriteEndObject();
    }

    /// <summary>A custom kind's schema, with the group, version and kind it belongs to.</summary>
    private void WriteCustom(OpenApiResource resource)
    {
        if (!JsonTree.TryParse(resource.CustomSchema!.Utf8.Span, out var tree, out _) || tree is not TreeMap schema)
        {
            schema = new TreeMap();
        }

        schema.Members.Remove("x-kubernetes-group-version-kind");
        writer.WriteStartObject();
        foreach (var (name, value) in schema.Members)
        {
            writer.WritePropertyName(name);
            JsonTree.Write(writer, value);
        }

        WriteKinds(resource.Group, resource.Version, resource.Kind);
        writer.WriteEndObject();
    }

    private void WriteText(string name, string documentation)
    {
        writer.WriteStartObject(name);
        Description(documentation);
        writer.WriteString("type"u8, "string"u8);
        writer.WriteEndObject();
    }

    private void WriteKinds(string group, string version, string kind)
    {
        writer.WriteStartArray("x-kubernetes-group-version-kind"u8);
        OpenApiPrimitives.WriteKind(writer, group, version, kind);
        writer.WriteEndArray();
    }

    private void Description(string text)
    {
        if (text.Length > 0)
        {
            writer.WriteString("description"u8, text);
        }
    }
}
