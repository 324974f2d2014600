namespace Netes.Client;

/// <summary>One request to the API server, without the machinery that carries it.</summary>
/// <param name="Method">The HTTP verb.</param>
/// <param name="PathAndQuery">Starts with a slash; already escaped.</param>
public sealed record ApiRequest(HttpMethod Method, string PathAndQuery)
{
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The media type of <see cref="Body"/>; unused when there is none.</summary>
    public string ContentType { get; init; } = MediaTypes.Json;

    public string Accept { get; init; } = MediaTypes.Json;
}

/// <summary>The media types of the API. Source: apimachinery pkg/types/patch.go, runtime/types.go.</summary>
public static class MediaTypes
{
    public const string Json = "application/json";
    public const string Protobuf = "application/vnd.kubernetes.protobuf";
    public const string JsonPatch = "application/json-patch+json";
    public const string MergePatch = "application/merge-patch+json";
    public const string StrategicMergePatch = "application/strategic-merge-patch+json";
    public const string ApplyPatch = "application/apply-patch+yaml";
}
