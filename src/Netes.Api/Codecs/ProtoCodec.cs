namespace Netes.Api;

/// <summary>
/// Protobuf ↔ records, in Kubernetes' envelope: four bytes <c>k8s\0</c>, then a message of type names and the object.
/// Source: apimachinery pkg/runtime/serializer/protobuf.
/// Threading: all methods may be called at the same time.
/// </summary>
public static class ProtoCodec
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    public static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>The object in its envelope.</summary>
    public static byte[] Encode<T>(T value)
        where T : class, IApiKind<T> => Encode(value, T.ApiVersion);

    /// <summary>The object in an envelope that names another version of its kind (<c>meta.k8s.io/v1</c>).</summary>
    public static byte[] Encode<T>(T value, string apiVersion)
        where T : class, IApiKind<T>
    {
        var writer = new ProtoWriter();
        value.WriteProto(writer);
        writer.WriteMessageHead(2, 0);
        return Enclose(writer, apiVersion, T.Kind);
    }

    /// <summary>A list of objects in its envelope: every list is metadata (1) and items (2).</summary>
    public static byte[] EncodeList<T>(Meta.ListMeta metadata, IReadOnlyList<T> items, string apiVersion)
        where T : class, IApiKind<T>
    {
        var writer = new ProtoWriter(4096);
        for (var i = items.Count - 1; i >= 0; i--)
        {
            var item = writer.Mark;
            items[i].WriteProto(writer);
            writer.WriteMessageHead(2, item);
        }

        var head = writer.Mark;
        metadata.WriteProto(writer);
        writer.WriteMessageHead(1, head);
        writer.WriteMessageHead(2, 0);
        return Enclose(writer, apiVersion, $"{T.Kind}List");
    }

    /// <summary>
    /// A watch event, without the frame's length. <paramref name="value"/> is an object as <see cref="Encode"/> gives
    /// it: in its envelope, while the event itself has none. Source: apimachinery runtime/serializer/protobuf
    /// (NewRawSerializer frames streams).
    /// </summary>
    public static byte[] EncodeWatchEvent(string type, ReadOnlySpan<byte> value)
    {
        var writer = new ProtoWriter(value.Length + 64);
        writer.WriteBytesField(1, value);
        writer.WriteMessageHead(2, 0);
        writer.WriteTextField(1, type);
        return writer.Written.ToArray();
    }

    /// <summary>The object of an envelope, or why there is none.</summary>
    public static DecodeResult<T> Decode<T>(ReadOnlySpan<byte> bytes)
        where T : class, IApiType<T>
    {
        try
        {
            var reader = new ProtoReader(Open(bytes, out _, out _));
            return new(T.ReadProto(ref reader), null, default);
        }
        catch (ProtoException error)
        {
            return new(null, error.Message, default);
        }
    }

    /// <summary>The object of a message without envelope, or why there is none.</summary>
    public static DecodeResult<T> DecodeMessage<T>(ReadOnlySpan<byte> bytes)
        where T : class, IApiType<T>
    {
        try
        {
            var reader = new ProtoReader(bytes);
            return new(T.ReadProto(ref reader), null, default);
        }
        catch (ProtoException error)
        {
            return new(null, error.Message, default);
        }
    }

    /// <summary>The type names of an envelope; false when the bytes are not one.</summary>
    public static bool TryPeek(ReadOnlySpan<byte> bytes, out string apiVersion, out string kind)
    {
        try
        {
            Open(bytes, out apiVersion, out kind);
            return true;
        }
        catch (ProtoException)
        {
            (apiVersion, kind) = ("", "");
            return false;
        }
    }

    private static byte[] Enclose(ProtoWriter writer, string apiVersion, string kind)
    {
        var mark = writer.Mark;
        writer.WriteTextField(2, kind);
        writer.WriteTextField(1, apiVersion);
        writer.WriteMessageHead(1, mark);
        writer.WriteRaw(Magic);
        return writer.Written.ToArray();
    }

    private static ReadOnlySpan<byte> Open(ReadOnlySpan<byte> bytes, out string apiVersion, out string kind)
    {
        (apiVersion, kind) = ("", "");
        if (!bytes.StartsWith(Magic))
        {
            throw new ProtoException(
                "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }

        ReadOnlySpan<byte> raw = default;
        var reader = new ProtoReader(bytes[Magic.Length..]);
        while (reader.NextField())
        {
            switch (reader.Number)
            {
                case 1:
                    (apiVersion, kind) = ReadTypeMeta(ref reader);
                    break;
                case 2:
                    raw = reader.ReadBytes();
                    break;
                default:
                    reader.SkipField();
                    break;
            }
        }

        return raw;
    }

    private static (string ApiVersion, string Kind) ReadTypeMeta(ref ProtoReader reader)
    {
        var message = reader.ReadMessage();
        var (apiVersion, kind) = ("", "");
        while (message.NextField())
        {
            switch (message.Number)
            {
                case 1:
                    apiVersion = message.ReadText();
                    break;
                case 2:
                    kind = message.ReadText();
                    break;
                default:
                    message.SkipField();
                    break;
            }
        }

        return (apiVersion, kind);
    }
}
