using System.Text.Json;

namespace Netes.Api;

/// <summary>
/// How values of one type stand on the wire. The implementations are empty structs, so that lists and maps of them are
/// specialised by the compiler: no boxing, no delegates.
/// </summary>
public interface IValueCodec<T>
{
    /// <summary>Reads the value the reader stands on; leaves it on the value's last token. A null gives the zero
    /// value.</summary>
    static abstract T ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context);

    static abstract void WriteJson(Utf8JsonWriter writer, T value);

    /// <summary>What stands for a value that is not there.</summary>
    static abstract T Zero { get; }

    /// <summary>Reads the value of the reader's current field.</summary>
    static abstract T ReadProto(ref ProtoReader reader);

    /// <summary>Writes the value and, as the writer goes backwards, then its tag.</summary>
    static abstract void WriteProto(ProtoWriter writer, int number, T value);
}
