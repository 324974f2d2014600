using System.Text;
using Netes.Api;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Media;

namespace Netes.ApiServer.Registry;

/// <summary>
/// A patch that was sent, ready to be applied to versions of an object.
/// Source: apiserver pkg/endpoints/handlers/patch.go.
/// </summary>
internal sealed class ObjectPatch
{
    private static readonly string[] All = [JsonPatch.MediaType, MergePatch.MediaType, StrategicMergePatch.MediaType];

    private readonly RequestContext _context;
    private readonly ServedResource _resource;
    private readonly string _mediaType;
    private readonly ReadOnlyMemory<byte> _patch;
    private readonly ValueList<string> _issues;

    private ObjectPatch(
        RequestContext context, ServedResource resource, string mediaType, ReadOnlyMemory<byte> patch)
    {
        (_context, _resource, _mediaType, _patch) = (context, resource, mediaType, patch);
        if (context.Query["fieldValidation"] != FieldValidation.Ignore
            && !PatchSyntax.TryCheck(mediaType, patch.Span, out _issues, out var error))
        {
            throw ApiErrors.BadRequest(error);
        }
    }

    /// <summary>415 for what is no kind of patch that the resource takes; 400 for what is no patch.</summary>
    public static async ValueTask<ObjectPatch> ReadAsync(
        RequestContext context, ServedResource resource, CancellationToken cancel)
    {
        var taken = resource.Strategy.Schema is null ? All[..2] : All;
        var mediaType = MediaRange.Parse(context.Call.Headers["Content-Type"]).Type;
        if (!taken.Contains(mediaType))
        {
            throw ApiErrors.UnsupportedMediaType(
                "the body of the request was in an unknown format - accepted media types include: "
                + string.Join(", ", taken.Append(MediaTypes.ApplyYaml)));
        }

        return new(context, resource, mediaType, await context.Call.Body.ReadAllAsync(BodyReader.MaxBodyBytes, cancel));
    }

    /// <summary>The object, patched and defaulted. Failures are those of the patch or of decoding its result.</summary>
    public IKubernetesObject Apply(CacheEntry current) => Apply(
        _resource.Converter is null
            ? current.ToTree()
            : JsonTree.Open(_resource.Strategy.EncodeJson(_resource.Record(current))),
        _resource.Strategy.Schema,
        Decode);

    /// <summary>The same on a value of another kind, such as a Scale.</summary>
    public T Apply<T>(JsonTree? document, TypeSchema? schema, Func<ReadOnlyMemory<byte>, T> decode)
    {
        var result = _mediaType switch
        {
            JsonPatch.MediaType => JsonPatch.Apply(document, _patch.Span),
            MergePatch.MediaType => MergePatch.Apply(document, _patch.Span),
            _ => StrategicMergePatch.Apply(schema!, document, _patch.Span),
        };
        return result.Value is { } patched ? decode(patched) : throw result.Error!.ToException();
    }

    private IKubernetesObject Decode(ReadOnlyMemory<byte> patched)
    {
        var strategy = _resource.Strategy;
        ObjectDecoder.CheckHeader(BodyHeader.Read(patched.Span), strategy.Definition, patched.Span);
        var decoded = strategy.DecodePatched(patched);
        if (decoded.Value is not { } value)
        {
            throw Unfit(patched, _mediaType == StrategicMergePatch.MediaType
                ? PatchedValues.Explain(decoded.Error!)
                : decoded.Error!);
        }

        FieldValidation.Enforce(
            _context, [.. _issues, .. decoded.StrictErrors], why => Unfit(patched, why));
        ObjectNames.Check(_context.Info, value);
        return strategy.Default(value);
    }

    // The result, or for strategic merges the patch, as Go prints it.
    private ApiException Unfit(ReadOnlyMemory<byte> patched, string why)
    {
        var shown = _mediaType == StrategicMergePatch.MediaType && JsonTree.TryParse(_patch.Span, out var tree, out _)
            ? tree?.ToString() ?? "map[]"
            : Encoding.UTF8.GetString(patched.Span);
        return ApiErrors.Invalid("", "", "", [FieldError.Invalid(FieldPath.Of("patch"), shown, why)]);
    }
}
