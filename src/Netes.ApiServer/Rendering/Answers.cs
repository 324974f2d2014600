using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Media;

namespace Netes.ApiServer.Rendering;

/// <summary>Answers that are one value.</summary>
internal static class Answers
{
    /// <summary>A value of a kind, as JSON.</summary>
    public static ApiResult Json<T>(T value, int statusCode = 200)
        where T : class, IApiType<T> => Bytes(JsonCodec.Encode(value), MediaTypes.Json, statusCode);

    public static ApiResult Bytes(ReadOnlyMemory<byte> bytes, string contentType, int statusCode = 200) => new()
    {
        StatusCode = statusCode,
        ContentType = contentType,
        Body = new ApiResultBody.Segments([bytes]),
    };

    public static ApiResult Text(string text, int statusCode = 200) => Bytes(
        System.Text.Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8", statusCode);

    /// <summary>
    /// A failure. Source: apiserver pkg/endpoints/handlers/responsewriters/writers.go, ErrorNegotiated.
    /// </summary>
    /// <param name="status">What went wrong.</param>
    /// <param name="accept">The notations that the client reads; JSON where it reads none of ours.</param>
    public static ApiResult Failure(Status status, string accept = "")
    {
        var code = status.Code == 0 ? 500 : status.Code;
        var result = Notation(accept) switch
        {
            MediaTypes.Protobuf => Bytes(ProtoCodec.Encode(status), MediaTypes.Protobuf, code),
            MediaTypes.Yaml => Bytes(Yaml.FromJson(JsonCodec.Encode(status)), MediaTypes.Yaml, code),
            _ => Json(status, code),
        };
        if (status.Details?.RetryAfterSeconds is > 0 and var seconds)
        {
            result.Headers.Add("Retry-After", ResourceText(seconds));
        }

        return result;
    }

    private static string Notation(string accept)
    {
        foreach (var range in accept.Length == 0 ? [] : MediaRange.ParseAccept(accept))
        {
            if (MediaTypes.Bodies.FirstOrDefault(range.Matches) is { } known)
            {
                return known;
            }
        }

        return MediaTypes.Json;
    }

    private static string ResourceText(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
