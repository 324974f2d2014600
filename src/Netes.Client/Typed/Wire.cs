using System.Text.Json;
using Netes.Api;
using Netes.Api.Meta;

namespace Netes.Client;

/// <summary>Between bytes of the wire and records.</summary>
internal static class Wire
{
    public static byte[] Encode<T>(T value)
        where T : class, IApiType<T> => JsonCodec.Encode(value);

    /// <exception cref="InvalidDataException">The server sent what is no <typeparamref name="T"/>.</exception>
    public static T Decode<T>(ReadOnlyMemory<byte> utf8)
        where T : class, IApiType<T>
    {
        var result = JsonCodec.Decode<T>(utf8);
        return result.Value ?? throw new InvalidDataException($"unreadable {typeof(T).Name}: {result.Error}");
    }

    /// <summary>A list of any kind, of which only the items' type is known.</summary>
    public static ResourceList<T> DecodeList<T>(ReadOnlyMemory<byte> utf8)
        where T : class, IApiType<T>
    {
        var items = new List<T>();
        var metadata = ListMeta.Empty;
        var reader = new Utf8JsonReader(utf8.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isItems = reader.ValueTextEquals("items"u8);
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (isItems && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Decode<T>(Slice(utf8, ref reader)));
                }
            }
            else if (isMetadata && reader.TokenType == JsonTokenType.StartObject)
            {
                metadata = Decode<ListMeta>(Slice(utf8, ref reader));
            }
            else
            {
                reader.Skip();
            }
        }

        return new ResourceList<T>(items.ToValueList(), metadata.ResourceVersion, metadata.Continue);
    }

    /// <summary>The type and the object's bytes of one watch event.</summary>
    public static (string Type, ReadOnlyMemory<byte> Object) DecodeEvent(ReadOnlyMemory<byte> utf8)
    {
        var type = "";
        ReadOnlyMemory<byte> value = default;
        var reader = new Utf8JsonReader(utf8.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            if (isType)
            {
                type = reader.GetString() ?? "";
            }
            else if (isObject)
            {
                value = Slice(utf8, ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return (type, value);
    }

    /// <summary>The bytes of the value that begins at the reader; afterwards the reader stands at its end.</summary>
    private static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> utf8, ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return utf8[start..(int)reader.BytesConsumed];
    }
}
