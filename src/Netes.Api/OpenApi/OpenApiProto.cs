namespace Netes.Api;

/// <summary>
/// The OpenAPI 2 document in protobuf, which is the only form that kubectl before 1.28 and other Go clients ask for.
/// Source: github.com/google/gnostic openapiv2/OpenAPIv2.proto. Everything is written backwards, last field first.
/// </summary>
public static class OpenApiProto
{
    public const string MediaType = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    /// <param name="document">What <see cref="OpenApiDocuments.BuildV2"/> gave.</param>
    /// <exception cref="FormatException">The document is no JSON object.</exception>
    public static byte[] Convert(ReadOnlySpan<byte> document)
    {
        if (!JsonTree.TryParse(document, out var tree, out var error) || tree is not TreeMap root)
        {
            throw new FormatException(error);
        }

        var writer = new ProtoWriter(document.Length);
        Message(writer, 9, root.Get("definitions"), static (w, definitions) =>
            Named(w, 1, definitions, OpenApiProtoSchemas.Write));
        Message(writer, 8, root.Get("paths"), static (w, paths) => Named(w, 2, paths, PathItem));
        Message(writer, 2, root.Get("info"), static (w, info) =>
        {
            Text(w, 2, info, "version");
            Text(w, 1, info, "title");
        });
        Text(writer, 1, root, "swagger");
        return writer.Written.ToArray();
    }

    internal static void Message(ProtoWriter writer, int number, JsonTree? value, Action<ProtoWriter, TreeMap> write)
    {
        if (value is TreeMap map)
        {
            var mark = writer.Mark;
            write(writer, map);
            writer.WriteMessageHead(number, mark);
        }
    }

    /// <summary>Pairs of a name under 1 and a message under 2.</summary>
    internal static void Named(ProtoWriter writer, int number, TreeMap map, Action<ProtoWriter, TreeMap> write)
    {
        foreach (var (name, value) in map.Members.Reverse())
        {
            var mark = writer.Mark;
            Message(writer, 2, value, write);
            writer.WriteTextField(1, name);
            writer.WriteMessageHead(number, mark);
        }
    }

    /// <summary>Members that start with <c>x-</c>, their values as YAML, which JSON is.</summary>
    internal static void Extensions(ProtoWriter writer, int number, TreeMap map)
    {
        foreach (var (name, value) in map.Members.Reverse())
        {
            if (name.StartsWith("x-", StringComparison.Ordinal))
            {
                var mark = writer.Mark;
                Any(writer, 2, value);
                writer.WriteTextField(1, name);
                writer.WriteMessageHead(number, mark);
            }
        }
    }

    internal static void Any(ProtoWriter writer, int number, JsonTree? value)
    {
        var mark = writer.Mark;
        writer.WriteBytesField(2, JsonTree.Encode(value));
        writer.WriteMessageHead(number, mark);
    }

    internal static void Text(ProtoWriter writer, int number, TreeMap map, string name)
    {
        if (map.Get(name) is TreeText text)
        {
            writer.WriteTextField(number, text.Value);
        }
    }

    internal static void Texts(ProtoWriter writer, int number, JsonTree? value)
    {
        foreach (var item in Enumerable.Reverse((value as TreeList)?.Items ?? []))
        {
            writer.WriteTextField(number, (item as TreeText)?.Value ?? "");
        }
    }

    internal static void Flag(ProtoWriter writer, int number, TreeMap map, string name)
    {
        if (map.Get(name) is TreeBool { Value: true })
        {
            writer.WriteVarintField(number, 1);
        }
    }

    private static void PathItem(ProtoWriter writer, TreeMap item)
    {
        Parameters(writer, 9, item.Get("parameters"));
        foreach (var (number, method) in new[] { (8, "patch"), (5, "delete"), (4, "post"), (3, "put"), (2, "get") })
        {
            Message(writer, number, item.Get(method), Operation);
        }
    }

    private static void Operation(ProtoWriter writer, TreeMap operation)
    {
        Extensions(writer, 13, operation);
        Message(writer, 9, operation.Get("responses"), static (w, responses) => Named(w, 1, responses, ResponseValue));
        Parameters(writer, 8, operation.Get("parameters"));
        Texts(writer, 7, operation.Get("consumes"));
        Texts(writer, 6, operation.Get("produces"));
        Text(writer, 5, operation, "operationId");
        Text(writer, 3, operation, "description");
        Texts(writer, 1, operation.Get("tags"));
    }

    private static void ResponseValue(ProtoWriter writer, TreeMap value) =>
        Message(writer, 1, value, static (w, response) =>
        {
            Message(w, 2, response.Get("schema"), static (inner, schema) =>
                Message(inner, 1, schema, OpenApiProtoSchemas.Write));
            Text(w, 1, response, "description");
        });

    private static void Parameters(ProtoWriter writer, int number, JsonTree? list)
    {
        foreach (var item in Enumerable.Reverse((list as TreeList)?.Items ?? []))
        {
            // ParametersItem { Parameter = 1 }, Parameter { body = 1 | other = 2 }, other { query = 3 | path = 4 }.
            Message(writer, number, item, static (w, parameter) => Message(w, 1, parameter, Parameter));
        }
    }

    private static void Parameter(ProtoWriter writer, TreeMap parameter)
    {
        var place = (parameter.Get("in") as TreeText)?.Value;
        if (place == "body")
        {
            Message(writer, 1, parameter, static (w, body) =>
            {
                Message(w, 5, body.Get("schema"), OpenApiProtoSchemas.Write);
                Flag(w, 4, body, "required");
                Text(w, 3, body, "in");
                Text(w, 2, body, "name");
                Text(w, 1, body, "description");
            });
            return;
        }

        var isPath = place == "path";
        Message(writer, 2, parameter, (outer, _) => Message(outer, isPath ? 4 : 3, parameter, (w, plain) =>
        {
            Flag(w, isPath ? 19 : 20, plain, "uniqueItems");
            Text(w, isPath ? 5 : 6, plain, "type");
            Text(w, 4, plain, "name");
            Text(w, 3, plain, "description");
            Text(w, 2, plain, "in");
            Flag(w, 1, plain, "required");
        }));
    }
}
