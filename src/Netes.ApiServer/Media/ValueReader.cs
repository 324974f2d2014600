using Netes.Api;

namespace Netes.ApiServer.Media;

/// <summary>Bodies that are values of a known kind: options, scales, bindings, reviews.</summary>
internal static class ValueReader
{
    public static async ValueTask<T> ReadAsync<T>(RequestContext context, CancellationToken cancel)
        where T : class, IApiKind<T> => await ReadOptionalAsync<T>(context, cancel)
            ?? throw BodyReader.CannotDecode(new("", ""), T.Kind, "EOF", default);

    /// <summary>The value, or null when the body is empty.</summary>
    public static async ValueTask<T?> ReadOptionalAsync<T>(RequestContext context, CancellationToken cancel)
        where T : class, IApiKind<T>
    {
        var body = await BodyReader.ReadAsync(context, cancel);
        return body.Bytes.IsEmpty ? null : Decode<T>(context, body);
    }

    public static T Decode<T>(RequestContext context, RequestBody body)
        where T : class, IApiKind<T>
    {
        var header = body.IsProtobuf ? BodyHeader.ReadProto(body.Bytes.Span) : BodyHeader.Read(body.Bytes.Span);
        if (header.Kind.Length > 0 && header.Kind != T.Kind)
        {
            throw BodyReader.CannotDecode(header, T.Kind,
                $"no kind {FieldError.Quote(header.Kind)} is registered for version "
                + FieldError.Quote(header.ApiVersion),
                body.Bytes.Span);
        }

        var decoded = body.IsProtobuf ? ProtoCodec.Decode<T>(body.Bytes.Span) : JsonCodec.Decode<T>(body.Bytes);
        if (decoded.Value is not { } value)
        {
            throw BodyReader.CannotDecode(header, T.Kind, decoded.Error!, body.Bytes.Span);
        }

        FieldValidation.Enforce(context, decoded.StrictErrors, why =>
            BodyReader.CannotDecode(header, T.Kind, why, body.Bytes.Span));
        return value;
    }
}
