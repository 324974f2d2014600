using System.Text.Json;

namespace Netes.Api;

/// <summary>
/// How values of one type stand on the wire. The implementations are empty structs, so that lists and maps of them are
/// specialised by the compiler: no boxing, no delegates.
/// </summary>
public interface IValueCodec<T>
{
    /// <summary>Reads the value the reader stands on; leaves it on the value's last token. A null gives the zero value.</summary>
    static abstract T ReadJson(ref Utf8JsonReader reader, JsonDecodeContext context);

    static abstract void WriteJson(Utf8JsonWriter writer, T value);
}
