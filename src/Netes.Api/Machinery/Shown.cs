using System.Text;
using System.Text.Json;

namespace Netes.Api;

/// <summary>A bad value that is neither text nor number, as field errors show it: its JSON.</summary>
public readonly record struct Shown(string Json)
{
    public static Shown Of<T>(T value)
        where T : class, IApiType<T> => new(Encoding.UTF8.GetString(Write(value.WriteJson)));

    public static Shown List<T>(ValueList<T> values)
        where T : class, IApiType<T> => new($"[{string.Join(',', values.Select(value => Of(value).Json))}]");

    public static Shown Numbers(IEnumerable<int> values) => new($"[{string.Join(',', values)}]");

    public static Shown Strings(IEnumerable<string> values) =>
        new($"[{string.Join(',', values.Select(FieldError.Quote))}]");

    public static Shown Map(ValueMap<string> map) => new(
        $"{{{string.Join(',', map.Select(pair => $"{FieldError.Quote(pair.Key)}:{FieldError.Quote(pair.Value)}"))}}}");

    public override string ToString() => Json;

    internal static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
