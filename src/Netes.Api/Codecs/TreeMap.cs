using System.Text.Json;

namespace Netes.Api;

/// <summary>An object of JSON. One that comes from text is read when its members are asked for.</summary>
public sealed class TreeMap : JsonTree
{
    private ReadOnlyMemory<byte> _text;
    private OrderedDictionary<string, JsonTree?>? _members;

    public TreeMap() => _members = new(StringComparer.Ordinal);

    internal TreeMap(ReadOnlyMemory<byte> text) => _text = text;

    public OrderedDictionary<string, JsonTree?> Members => _members ??= Open();

    public JsonTree? Get(string name) => Members.GetValueOrDefault(name);

    public override TreeMap Clone()
    {
        if (_members is null)
        {
            return new(_text);
        }

        var copy = new TreeMap();
        foreach (var (name, value) in Members)
        {
            copy.Members[name] = value?.Clone();
        }

        return copy;
    }

    protected override void WriteTo(Utf8JsonWriter writer)
    {
        if (_members is null)
        {
            writer.WriteRawValue(_text.Span, skipInputValidation: true);
            return;
        }

        writer.WriteStartObject();
        foreach (var (name, value) in _members)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    protected override bool Equal(JsonTree other)
    {
        if (other is not TreeMap same || same.Members.Count != Members.Count)
        {
            return false;
        }

        foreach (var (name, value) in Members)
        {
            if (!same.Members.TryGetValue(name, out var its) || !Same(value, its))
            {
                return false;
            }
        }

        return true;
    }

    private OrderedDictionary<string, JsonTree?> Open()
    {
        var members = new OrderedDictionary<string, JsonTree?>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(_text.Span, JsonCodec.ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = JsonText.Read(ref reader);
            reader.Read();
            members[name] = OpenValue(ref reader, _text);
        }

        _text = default;
        return members;
    }
}
