using System.Text;
using Netes.Api;

namespace Netes.ApiServer.Media;

/// <summary>
/// Bodies of writes: the media type, the limit, YAML to JSON. Source: apiserver pkg/endpoints/handlers/create.go.
/// </summary>
internal static class BodyReader
{
    /// <summary>Source: apiserver pkg/server/config.go, MaxRequestBodyBytes.</summary>
    public const int MaxBodyBytes = 3 * 1024 * 1024;

    /// <summary>The body and in which notation it is: JSON (YAML was converted) or protobuf.</summary>
    public static async ValueTask<RequestBody> ReadAsync(RequestContext context, CancellationToken cancel)
    {
        var header = context.Call.Headers["Content-Type"];
        var mediaType = header.Length == 0 ? MediaTypes.Json : MediaRange.Parse(header).Type;
        if (!MediaTypes.Bodies.Contains(mediaType))
        {
            throw ApiErrors.UnsupportedMediaType(
                "the body of the request was in an unknown format - accepted media types include: "
                + string.Join(", ", MediaTypes.Bodies));
        }

        var body = await context.Call.Body.ReadAllAsync(MaxBodyBytes, cancel);
        return mediaType == MediaTypes.Yaml ? new(FromYaml(body), false) : new(body, mediaType == MediaTypes.Protobuf);
    }

    /// <summary>YAML as JSON; a YAML error is a bad request.</summary>
    public static ReadOnlyMemory<byte> FromYaml(ReadOnlyMemory<byte> yaml) =>
        YamlToJson.TryConvert(yaml.Span, out var json, out var error)
            ? json
            : throw ApiErrors.BadRequest($"error converting YAML to JSON: {error}");

    /// <summary>Source: apiserver pkg/endpoints/handlers/rest.go, transformDecodeError and summarizeData.</summary>
    public static ApiException CannotDecode(BodyHeader header, string kind, string why, ReadOnlySpan<byte> body)
    {
        if (header.Kind.Length > 0)
        {
            return ApiErrors.BadRequest(
                $"{header.Kind} in version {FieldError.Quote(header.Version)} cannot be handled as a {kind}: {why}");
        }

        var start = body.Length > 30 ? body[..30] : body;
        var summary = body.IsEmpty ? "<empty>"
            : start[0] == (byte)'{' ? Encoding.UTF8.GetString(start) + (body.Length > 30 ? " ..." : "")
            : $"hex: {Convert.ToHexStringLower(start)}" + (body.Length > 30 ? " ..." : "");
        return ApiErrors.BadRequest($"the object provided is unrecognized (must be of type {kind}): {why} ({summary})");
    }
}

/// <summary>The bytes of a body, and whether they are protobuf rather than JSON.</summary>
internal readonly record struct RequestBody(ReadOnlyMemory<byte> Bytes, bool IsProtobuf);
