using System.Text.Json;

namespace Netes.ApiServer.Discovery;

/// <summary>The paths there are, at <c>/</c>. Source: apiserver pkg/server/routes/index.go.</summary>
internal static class RootIndex
{
    public static byte[] Write(IEnumerable<string> paths)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("paths");
            foreach (var path in paths.Where(static path => path != "/"))
            {
                json.WriteStringValue(path);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
