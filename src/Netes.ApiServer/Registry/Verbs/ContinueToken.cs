using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Netes.Api;

namespace Netes.ApiServer.Registry;

/// <summary>
/// Where the next page of a list begins and which revision it is read at; revision -1: whatever is newest, because the
/// first page's revision is gone. Source: apiserver pkg/storage/continue.go.
/// </summary>
/// <param name="Revision">What all pages are read at.</param>
/// <param name="StartKey">The key, without the resource's prefix, at or after which the page begins.</param>
internal readonly record struct ContinueToken(long Revision, string StartKey)
{
    private const string Version = "meta.k8s.io/v1";

    public string Encode()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("v", Version);
            writer.WriteNumber("rv", Revision);
            writer.WriteString("start", StartKey);
            writer.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    public static ContinueToken Decode(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            var root = json.RootElement;
            if (root.GetProperty("v").GetString() != Version)
            {
                throw Invalid("server does not recognize this encoded version");
            }

            var start = root.GetProperty("start").GetString() ?? "";
            var revision = root.GetProperty("rv").GetInt64();
            return start.Length == 0 || start.Contains("..", StringComparison.Ordinal) || revision == 0
                ? throw Invalid("incorrect encoded start resourceVersion (version meta.k8s.io/v1)")
                : new(revision, start);
        }
        catch (Exception exception) when (exception is FormatException or JsonException or KeyNotFoundException
            or InvalidOperationException)
        {
            throw Invalid($"illegal base64 data or encoding: {Encoding.UTF8.GetByteCount(text)} bytes");
        }
    }

    private static ApiException Invalid(string why) =>
        ApiErrors.BadRequest($"invalid continue token: continue key is not valid: {why}");
}
