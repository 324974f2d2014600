using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Netes.Api;

/// <summary>
/// What a decode gave: a value, or why there is none (Go's words). Unknown and duplicate fields are listed either way,
/// so that the caller can refuse them (<c>fieldValidation=Strict</c>), warn of them, or ignore them.
/// </summary>
/// <param name="Value">The object; null exactly when there is an error.</param>
/// <param name="Error">E.g. <c>json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type
/// int32</c>.</param>
/// <param name="StrictErrors">E.g. <c>unknown field "spec.replicass"</c>, <c>duplicate field "spec.paused"</c>; at most
/// 100.</param>
public sealed record DecodeResult<T>(T? Value, string? Error, ValueList<string> StrictErrors)
    where T : class
{
    /// <summary>As the API server says it: <c>strict decoding error: unknown field "a", unknown field
    /// "b"</c>.</summary>
    public string? StrictError =>
        StrictErrors.IsEmpty ? null : $"strict decoding error: {string.Join(", ", StrictErrors)}";
}

/// <summary>
/// JSON ↔ records, as Go's encoding/json and sigs.k8s.io/json do it: case-sensitive names, Go's order and omission
/// rules. Threading: all methods may be called at the same time.
/// </summary>
public static class JsonCodec
{
    /// <summary>Nesting deeper than this is an error. Kubernetes allows 10,000; no schema needs more than some
    /// dozens.</summary>
    public const int MaxDepth = 512;

    internal static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    // Go escapes <, > and & too; both are the same JSON, and this is shorter.
    internal static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = MaxDepth * 2,
    };

    /// <summary>The object of a text.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="sharesSource">The text is compact and lives as long as the object: raw JSON in it is not
    /// copied.</param>
    public static DecodeResult<T> Decode<T>(ReadOnlyMemory<byte> utf8, bool sharesSource = false)
        where T : class, IApiType<T>
    {
        var context = new JsonDecodeContext(utf8) { SharesSource = sharesSource };
        try
        {
            var reader = new Utf8JsonReader(utf8.Span, ReaderOptions);
            reader.Read();
            var value = T.ReadJson(ref reader, context);
            reader.Read();
            return new(value, null, StrictErrors(context));
        }
        catch (JsonException error)
        {
            return new(null, JsonErrors.Syntax(utf8.Span, error), default);
        }
        catch (JsonDecodeException error)
        {
            return new(null, JsonErrors.WrongType(T.WireSchema, utf8.Span, error), default);
        }
    }

    /// <summary>The object as canonical JSON: <c>kind</c> and <c>apiVersion</c> first, then the fields in Go's
    /// order.</summary>
    public static byte[] Encode<T>(T value)
        where T : class, IApiType<T>
    {
        using var json = JsonOutput.Rent();
        value.WriteJson(json.Writer);
        return json.ToArray();
    }

    public static void Encode<T>(T value, IBufferWriter<byte> output)
        where T : class, IApiType<T>
    {
        using var json = JsonOutput.Rent();
        value.WriteJson(json.Writer);
        output.Write(json.Written);
    }

    /// <summary>The object as <see cref="RawJson"/>, for embedding.</summary>
    public static RawJson EncodeRaw<T>(T value)
        where T : class, IApiType<T> => new(Encode(value));

    private static ValueList<string> StrictErrors(JsonDecodeContext context)
    {
        if (context.Issues.Count == 0)
        {
            return default;
        }

        var ordered = context.Issues.OrderBy(issue => issue.Offset).ToList();
        var paths = JsonPaths.Find(context.Source.Span, [.. ordered.Select(issue => issue.Offset)]);
        return ordered
            .Zip(paths, (issue, path) => (issue.Unknown ? "unknown" : "duplicate") + $" field \"{path}\"")
            .Distinct()
            .ToValueList();
    }
}
