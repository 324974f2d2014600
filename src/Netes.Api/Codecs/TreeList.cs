using System.Text.Json;

namespace Netes.Api;

/// <summary>A list of JSON. One that comes from text is read when its items are asked for.</summary>
public sealed class TreeList : JsonTree
{
    private ReadOnlyMemory<byte> _text;
    private List<JsonTree?>? _items;

    public TreeList(List<JsonTree?>? items = null) => _items = items ?? [];

    internal TreeList(ReadOnlyMemory<byte> text) => _text = text;

    public List<JsonTree?> Items => _items ??= Open();

    public override TreeList Clone() => _items is null ? new(_text) : new(_items.ConvertAll(item => item?.Clone()));

    protected override void WriteTo(Utf8JsonWriter writer)
    {
        if (_items is null)
        {
            writer.WriteRawValue(_text.Span, skipInputValidation: true);
            return;
        }

        writer.WriteStartArray();
        foreach (var item in _items)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    protected override bool Equal(JsonTree other)
    {
        if (other is not TreeList same || same.Items.Count != Items.Count)
        {
            return false;
        }

        for (var i = 0; i < Items.Count; i++)
        {
            if (!Same(Items[i], same.Items[i]))
            {
                return false;
            }
        }

        return true;
    }

    private List<JsonTree?> Open()
    {
        var items = new List<JsonTree?>();
        var reader = new Utf8JsonReader(_text.Span, JsonCodec.ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(OpenValue(ref reader, _text));
        }

        _text = default;
        return items;
    }
}
