using System.Text.Json;

namespace Netes.Api;

/// <summary>What the source generator gives every wire type.</summary>
public interface IApiType<TSelf>
    where TSelf : class, IApiType<TSelf>
{
    /// <summary>The instance with nothing set; shared.</summary>
    static abstract TSelf Empty { get; }

    /// <summary>Reads the object the reader stands on; leaves it on the closing brace. A null reads as empty.</summary>
    static abstract TSelf ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context);

    void WriteJson(Utf8JsonWriter writer);

    /// <summary>Reads a message to the end of the reader.</summary>
    static abstract TSelf ReadProto(ref ProtoReader reader);

    /// <summary>Writes the fields, last one first: the writer fills its buffer backwards.</summary>
    void WriteProto(ProtoWriter writer);

    /// <summary>The fields and their facts; built at first use.</summary>
    static abstract TypeSchema WireSchema { get; }
}

/// <summary>A wire type with <c>apiVersion</c> and <c>kind</c>.</summary>
public interface IApiKind<TSelf> : IApiType<TSelf>
    where TSelf : class, IApiKind<TSelf>
{
    static abstract string ApiVersion { get; }

    static abstract string Kind { get; }
}
