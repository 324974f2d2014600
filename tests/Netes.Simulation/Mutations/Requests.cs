using System.Text;
using System.Text.Json.Nodes;
using Netes.Client;

namespace Netes.Simulation.Mutations;

/// <summary>What a request is about, and how to change it.</summary>
internal static class Requests
{
    public static string Path(ApiRequest request) => request.PathAndQuery.Split('?')[0];

    public static bool IsBinding(ApiRequest request) => Path(request).EndsWith("/binding", StringComparison.Ordinal);

    public static bool IsPodCreation(ApiRequest request) =>
        request.Method == HttpMethod.Post && Path(request).EndsWith("/pods", StringComparison.Ordinal);

    /// <summary>A pod is made for an owner of a kind.</summary>
    public static bool IsPodOf(ApiRequest request, string kind) =>
        IsPodCreation(request) && Says(request, $"\"kind\":\"{kind}\"");

    public static bool Says(ApiRequest request, string text) =>
        Encoding.UTF8.GetString(request.Body.Span).Contains(text, StringComparison.Ordinal);

    /// <summary>One object of a kind, itself and not its status.</summary>
    public static bool IsAbout(ApiRequest request, string plural) =>
        Path(request).Contains($"/{plural}/", StringComparison.Ordinal)
        && !Path(request).EndsWith("/status", StringComparison.Ordinal);

    public static bool IsStatusOf(ApiRequest request, string plural) =>
        request.Method == HttpMethod.Put && Path(request).Contains($"/{plural}/", StringComparison.Ordinal)
        && Path(request).EndsWith("/status", StringComparison.Ordinal);

    /// <summary>One object of a kind, or its status, changed in any way.</summary>
    public static bool IsWriteOf(ApiRequest request, string plural) =>
        request.Method != HttpMethod.Get && !request.Body.IsEmpty
        && Path(request).Contains($"/{plural}/", StringComparison.Ordinal);

    public static bool IsDeletionOf(ApiRequest request, string plural) =>
        request.Method == HttpMethod.Delete && IsAbout(request, plural);

    public static bool IsCreationOf(ApiRequest request, string plural) =>
        request.Method == HttpMethod.Post && Path(request).EndsWith($"/{plural}", StringComparison.Ordinal);

    public static ApiRequest Edited(ApiRequest request, Action<JsonNode> edit)
    {
        var node = JsonNode.Parse(request.Body.Span)!;
        edit(node);
        return request with { Body = Encoding.UTF8.GetBytes(node.ToJsonString()) };
    }
}
