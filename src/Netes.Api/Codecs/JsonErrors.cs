using System.Text.Json;

namespace Netes.Api;

/// <summary>Errors of JSON bodies in Go's words.</summary>
internal static class JsonErrors
{
    /// <summary>
    /// Names the field and the type it has: the struct is the innermost one around the value, the path has neither list
    /// indices nor map keys. Source: decodeState.addErrorContext of sigs.k8s.io/json.
    /// </summary>
    public static string WrongType(TypeSchema root, ReadOnlySpan<byte> json, JsonDecodeException error)
    {
        if (error.Value is null)
        {
            return error.Message;
        }

        var place = new Place(ValueSchema.Message(root), null, "");
        var levels = new Stack<Place>();
        var reader = new Utf8JsonReader(json, JsonCodec.ReaderOptions);
        while (reader.Read() && reader.TokenStartIndex < error.Offset)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    levels.Push(place);
                    place = place.Inside();
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    place = levels.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    place = levels.Peek().Field(JsonText.Read(ref reader));
                    break;
            }
        }

        var expected = place.Value?.GoName ?? "string";
        return place.Struct is null
            ? $"json: cannot unmarshal {error.Value} into Go value of type {expected}"
            : $"json: cannot unmarshal {error.Value} into Go struct field {place.Struct}.{place.Path} of type {expected}";
    }

    public static string Syntax(ReadOnlySpan<byte> json, JsonException error) =>
        GoJsonSyntax.Explain(json) ?? error.Message;

    /// <summary>A value's schema (null: unknown to it), the struct around it, and its path.</summary>
    private sealed record Place(ValueSchema? Value, string? Struct, string Path)
    {
        /// <summary>The items of a list; the fields of an object are found by name.</summary>
        public Place Inside() => Value?.Shape == ValueShape.List ? this with { Value = Value.Element } : this;

        public Place Field(string name)
        {
            if (Value?.Shape == ValueShape.Map)
            {
                return this with { Value = Value.Element };
            }

            var field = Value?.Type?.Find(name);
            return new(field?.Value, Value?.Type?.StructName ?? Struct, Path.Length == 0 ? name : $"{Path}.{name}");
        }
    }
}
