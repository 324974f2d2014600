using System.Text.Json;

namespace Netes.Api;

/// <summary>Errors of JSON bodies in Go's words.</summary>
internal static class JsonErrors
{
    public static string WrongType<T>(ReadOnlySpan<byte> json, JsonDecodeException error)
    {
        if (error.Value is null)
        {
            return error.Message;
        }

        var path = JsonPaths.Find(json, [error.Offset]) is [var found] ? found : "";
        return $"json: cannot unmarshal {error.Value} into Go struct field {typeof(T).Name}.{path}";
    }

    public static string Syntax(ReadOnlySpan<byte> json, JsonException error)
    {
        _ = json;
        return error.Message;
    }
}
