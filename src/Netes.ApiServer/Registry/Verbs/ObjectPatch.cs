using Netes.Api;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Media;

namespace Netes.ApiServer.Registry;

/// <summary>A patch that was sent, ready to be applied to versions of an object.</summary>
internal sealed class ObjectPatch(
    RequestContext context, ServedResource resource, string mediaType, ReadOnlyMemory<byte> patch)
{
    private static readonly string[] All = [JsonPatch.MediaType, MergePatch.MediaType, StrategicMergePatch.MediaType];

    /// <summary>415 for what is no kind of patch that the resource takes.</summary>
    public static async ValueTask<ObjectPatch> ReadAsync(
        RequestContext context, ServedResource resource, CancellationToken cancel)
    {
        var taken = resource.Strategy.Schema is null ? All[..2] : All;
        var mediaType = MediaRange.Parse(context.Call.Headers["Content-Type"]).Type;
        if (!taken.Contains(mediaType))
        {
            throw ApiErrors.UnsupportedMediaType(
                "the body of the request was in an unknown format - accepted media types include: "
                + string.Join(", ", taken));
        }

        return new(context, resource, mediaType, await context.Call.Body.ReadAllAsync(BodyReader.MaxBodyBytes, cancel));
    }

    /// <summary>The object, patched and defaulted. Failures are those of the patch or of decoding its result.</summary>
    public IKubernetesObject Apply(CacheEntry current) => Apply(
        resource.Converter is null ? current.ToBytes() : resource.Strategy.EncodeJson(resource.Record(current)),
        resource.Strategy.Schema,
        Decode);

    /// <summary>The same on a value of another kind, such as a Scale.</summary>
    public T Apply<T>(byte[] document, TypeSchema? schema, Func<ReadOnlyMemory<byte>, T> decode)
    {
        var result = mediaType switch
        {
            JsonPatch.MediaType => JsonPatch.Apply(document, patch.Span),
            MergePatch.MediaType => MergePatch.Apply(document, patch.Span),
            _ => StrategicMergePatch.Apply(schema!, document, patch.Span),
        };
        return result.Value is { } patched ? decode(patched) : throw result.Error!.ToException();
    }

    private IKubernetesObject Decode(ReadOnlyMemory<byte> patched)
    {
        var value = ObjectDecoder.Decode(context, resource.Strategy, new(patched, false));
        var name = value.Metadata.Name;
        return name == context.Info.Name
            ? value
            : throw ApiErrors.BadRequest(name.Length == 0
                ? $"the name of the object ({context.Info.Name} based on URL) was undeterminable: name must be provided"
                : $"the name of the object ({name}) does not match the name on the URL ({context.Info.Name})");
    }
}
