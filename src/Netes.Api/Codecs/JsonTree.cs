using System.Text;
using System.Text.Json;

namespace Netes.Api;

/// <summary>
/// A JSON value that can be changed: for patches and for objects whose type is not known. Null is C#'s null. Objects
/// keep the order of their names; of equal names the last one wins. Numbers keep their text.
/// </summary>
public abstract class JsonTree
{
    /// <summary>The value; false with Go's words when the text is not JSON or nested deeper than the codec
    /// allows.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out JsonTree? tree, out string error)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, JsonCodec.ReaderOptions);
            reader.Read();
            tree = Read(ref reader);
            reader.Read();
            error = "";
            return true;
        }
        catch (JsonException wrong)
        {
            (tree, error) = (null, JsonErrors.Syntax(utf8, wrong));
            return false;
        }
    }

    /// <summary>
    /// A document that is known to be well-formed, such as a stored object: parts are read when somebody looks into
    /// them, and written as they are where nobody did. The bytes must not change while the tree is in use.
    /// </summary>
    public static JsonTree? Open(ReadOnlyMemory<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8.Span, JsonCodec.ReaderOptions);
        reader.Read();
        return OpenValue(ref reader, utf8);
    }

    public static byte[] Encode(JsonTree? tree)
    {
        using var json = JsonOutput.Rent();
        Write(json.Writer, tree);
        return json.ToArray();
    }

    public static void Write(Utf8JsonWriter writer, JsonTree? tree)
    {
        if (tree is null)
        {
            writer.WriteNullValue();
            return;
        }

        tree.WriteTo(writer);
    }

    public static bool Same(JsonTree? left, JsonTree? right) =>
        left is null ? right is null : right is not null && left.Equal(right);

    /// <summary>A copy that shares nothing with this one.</summary>
    public abstract JsonTree Clone();

    /// <summary>As Go's <c>%v</c> prints it: <c>map[a:1 b:[x y]]</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Print(text, this);
        return text.ToString();
    }

    protected abstract void WriteTo(Utf8JsonWriter writer);

    protected abstract bool Equal(JsonTree other);

    private static JsonTree? Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => TreeBool.True,
        JsonTokenType.False => TreeBool.False,
        JsonTokenType.String => new TreeText(JsonText.Read(ref reader)),
        JsonTokenType.Number => new TreeNumber(Encoding.UTF8.GetString(reader.ValueSpan)),
        JsonTokenType.StartArray => ReadArray(ref reader),
        _ => ReadObject(ref reader),
    };

    internal static JsonTree? OpenValue(ref Utf8JsonReader reader, ReadOnlyMemory<byte> source)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return Read(ref reader);
        }

        var (start, isObject) = ((int)reader.TokenStartIndex, reader.TokenType == JsonTokenType.StartObject);
        reader.Skip();
        var text = source[start..(int)reader.BytesConsumed];
        return isObject ? new TreeMap(text) : new TreeList(text);
    }

    private static TreeList ReadArray(ref Utf8JsonReader reader)
    {
        var array = new TreeList();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            array.Items.Add(Read(ref reader));
        }

        return array;
    }

    private static TreeMap ReadObject(ref Utf8JsonReader reader)
    {
        var members = new TreeMap();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = JsonText.Read(ref reader);
            reader.Read();
            members.Members[name] = Read(ref reader);
        }

        return members;
    }

    private static void Print(StringBuilder text, JsonTree? tree)
    {
        switch (tree)
        {
            case null:
                text.Append("<nil>");
                break;
            case TreeMap members:
                text.Append("map[");
                var separator = "";
                foreach (var (name, value) in members.Members.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    text.Append(separator).Append(name).Append(':');
                    Print(text, value);
                    separator = " ";
                }

                text.Append(']');
                break;
            case TreeList array:
                text.Append('[');
                for (var i = 0; i < array.Items.Count; i++)
                {
                    text.Append(i == 0 ? "" : " ");
                    Print(text, array.Items[i]);
                }

                text.Append(']');
                break;
            default:
                text.Append(tree);
                break;
        }
    }
}

public sealed class TreeText(string value) : JsonTree
{
    public string Value { get; } = value;

    public override TreeText Clone() => this;

    public override string ToString() => Value;

    protected override void WriteTo(Utf8JsonWriter writer) => writer.WriteStringValue(Value);

    protected override bool Equal(JsonTree other) => other is TreeText same && same.Value == Value;
}

/// <summary>A number as its JSON text, so that none loses digits.</summary>
public sealed class TreeNumber(string text) : JsonTree
{
    public string Text { get; } = text;

    public override TreeNumber Clone() => this;

    public override string ToString() => Text;

    protected override void WriteTo(Utf8JsonWriter writer) => writer.WriteRawValue(Text, skipInputValidation: true);

    protected override bool Equal(JsonTree other) => other is TreeNumber same
        && (same.Text == Text || (decimal.TryParse(Text, System.Globalization.NumberStyles.Float,
                System.Globalization.CultureInfo.InvariantCulture, out var mine)
            && decimal.TryParse(same.Text, System.Globalization.NumberStyles.Float,
                System.Globalization.CultureInfo.InvariantCulture, out var its)
            && mine == its));
}

public sealed class TreeBool : JsonTree
{
    private TreeBool(bool value) => Value = value;

    public static TreeBool True { get; } = new(true);

    public static TreeBool False { get; } = new(false);

    public bool Value { get; }

    public static TreeBool Of(bool value) => value ? True : False;

    public override TreeBool Clone() => this;

    public override string ToString() => Value ? "true" : "false";

    protected override void WriteTo(Utf8JsonWriter writer) => writer.WriteBooleanValue(Value);

    protected override bool Equal(JsonTree other) => ReferenceEquals(this, other);
}
