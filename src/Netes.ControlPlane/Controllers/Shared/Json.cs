using System.Text.Json;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>Builds the small JSON bodies of patches.</summary>
internal static class Json
{
    public static Patch Strategic(Action<Utf8JsonWriter> body) => new(MediaTypes.StrategicMergePatch, Write(body));

    public static Patch Merge(Action<Utf8JsonWriter> body) => new(MediaTypes.MergePatch, Write(body));

    /// <summary>An object with what <paramref name="body"/> writes into it.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> body)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    public static void Object(this Utf8JsonWriter json, string name, Action<Utf8JsonWriter> body)
    {
        json.WriteStartObject(name);
        body(json);
        json.WriteEndObject();
    }

    public static void Array(this Utf8JsonWriter json, string name, Action<Utf8JsonWriter> body)
    {
        json.WriteStartArray(name);
        body(json);
        json.WriteEndArray();
    }
}
