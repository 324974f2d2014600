using Netes.Api;

namespace Netes.ApiServer.Media;

/// <summary>In which notation, and as what, a client wants its answer.</summary>
/// <param name="MediaType">JSON, YAML or protobuf.</param>
/// <param name="Form">The object itself, its metadata, or a table.</param>
/// <param name="FormVersion">The version of meta.k8s.io for tables and metadata: v1 or v1beta1.</param>
internal readonly record struct ResponseFormat(string MediaType, ResponseForm Form, string FormVersion = "v1")
{
    public bool IsYaml => MediaType == MediaTypes.Yaml;

    public bool IsProtobuf => MediaType == MediaTypes.Protobuf;

    public static ResponseFormat PlainJson { get; } = new(MediaTypes.Json, ResponseForm.Object);

    /// <summary>
    /// The first form the client accepts that the server can give; 406 when there is none.
    /// Source: apiserver pkg/endpoints/handlers/negotiation/negotiate.go.
    /// </summary>
    public static ResponseFormat Negotiate(string accept, FormatsOffered offered)
    {
        if (accept.Length == 0)
        {
            return PlainJson;
        }

        foreach (var range in MediaRange.ParseAccept(accept))
        {
            var mediaType = offered.MediaTypes.FirstOrDefault(range.Matches);
            if (mediaType is null || (offered.Stream && range["stream"] is not ("" or "watch")))
            {
                continue;
            }

            if (FormOf(range, offered) is { } form && (form != ResponseForm.Table || mediaType != MediaTypes.Protobuf))
            {
                return new(mediaType, form, form == ResponseForm.Object ? "v1" : range["v"]);
            }
        }

        throw ApiErrors.NotAcceptable(
            "only the following media types are accepted: "
            + string.Join(", ", offered.MediaTypes.Select(offered.Describe)));
    }

    private static ResponseForm? FormOf(MediaRange range, FormatsOffered offered)
    {
        var name = range["as"];
        if (name.Length == 0)
        {
            return ResponseForm.Object;
        }

        if (range["g"] != "meta.k8s.io" || range["v"] is not ("v1" or "v1beta1"))
        {
            return null;
        }

        return name switch
        {
            "Table" when offered.Tables => ResponseForm.Table,
            "PartialObjectMetadata" when offered.Metadata && !offered.List => ResponseForm.Metadata,
            "PartialObjectMetadataList" when offered.Metadata && offered.List => ResponseForm.Metadata,
            _ => null,
        };
    }
}

/// <summary>What is shown of an object.</summary>
internal enum ResponseForm
{
    Object,
    Metadata,
    Table,
}

/// <summary>What an endpoint can answer with.</summary>
internal sealed record FormatsOffered
{
    public required IReadOnlyList<string> MediaTypes { get; init; }

    public bool Tables { get; init; }

    public bool Metadata { get; init; }

    /// <summary>The answer is a list: metadata is asked for as PartialObjectMetadataList.</summary>
    public bool List { get; init; }

    /// <summary>The answer is a stream of events.</summary>
    public bool Stream { get; init; }

    /// <summary>One object of a kind.</summary>
    public static FormatsOffered Objects { get; } = new()
    {
        MediaTypes = Media.MediaTypes.Bodies,
        Tables = true,
        Metadata = true,
    };

    public static FormatsOffered Lists { get; } = Objects with { List = true };

    public static FormatsOffered Watches { get; } = Objects with
    {
        MediaTypes = [Media.MediaTypes.Json, Media.MediaTypes.Protobuf],
        Stream = true,
    };

    /// <summary>Values that are no stored objects: Status, Scale, reviews.</summary>
    public static FormatsOffered Values { get; } = new() { MediaTypes = Media.MediaTypes.Bodies };

    /// <summary>Documents that exist in JSON only, like discovery.</summary>
    public static FormatsOffered JsonOnly { get; } = new() { MediaTypes = [Media.MediaTypes.Json] };

    public string Describe(string mediaType) => Stream ? $"{mediaType};stream=watch" : mediaType;
}
