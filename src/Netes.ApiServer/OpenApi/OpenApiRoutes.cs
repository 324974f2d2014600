using System.Security.Cryptography;
using System.Text.Json;
using Netes.Api;
using Netes.ApiServer.Discovery;
using Netes.ApiServer.Media;
using Netes.ApiServer.Rendering;
using Netes.ApiServer.Routing;

namespace Netes.ApiServer.OpenApi;

/// <summary>
/// <c>/openapi/v2</c>, <c>/openapi/v3</c> and the documents below it. They are built when first asked for, and kept.
/// Source: kube-openapi pkg/handler and pkg/handler3.
/// </summary>
internal sealed class OpenApiRoutes
{
    // Go's mime parser refuses the at sign of the type that clients ask for: the answer has a dot in its place.
    private const string DottedProtoType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private readonly Lazy<Document> _v2;
    private readonly Lazy<byte[]> _v2Proto;
    private readonly SortedDictionary<string, Lazy<Document>> _v3 = new(StringComparer.Ordinal);

    private readonly Func<IEnumerable<(string Path, string Url)>> _others;

    /// <param name="versions">What this server serves.</param>
    /// <param name="router">Where the paths are mapped.</param>
    /// <param name="others">The documents of other servers, which answer for them.</param>
    public OpenApiRoutes(IReadOnlyList<VersionDocument> versions, PathRouter router,
        Func<IEnumerable<(string Path, string Url)>> others)
    {
        _others = others;
        _v2 = new(() => new(OpenApiDocuments.BuildV2(
            versions.SelectMany(static version => version.Definitions).Select(OpenApiResource.Of), ServerVersion.Git)));
        _v2Proto = new(() => OpenApiProto.Convert(_v2.Value.Bytes));
        foreach (var version in versions)
        {
            var path = version.Group.Length == 0 ? $"api/{version.Version}" : $"apis/{version.GroupVersion}";
            var document = new Lazy<Document>(() => new(OpenApiDocuments.BuildV3(
                version.Definitions.Select(OpenApiResource.Of), ServerVersion.Git)));
            _v3.Add(path, document);
            router.Map($"/openapi/v3/{path}", context => Answer(context, document.Value));
        }

        router.Map("/openapi/v2", context => AcceptsProto(context)
            ? Answers.Bytes(_v2Proto.Value, DottedProtoType)
            : Answer(context, _v2.Value));
        router.Map("/openapi/v3", _ => Answers.Bytes(Index(), MediaTypes.Json));
    }

    // Clients spell the type with an at sign or with a dot; JSON is the answer to everything else.
    private static bool AcceptsProto(RequestContext context) =>
        MediaRange.ParseAccept(context.Call.Headers["Accept"]) is [var first, ..]
        && first.Type.Replace("v2.v1.0", "v2@v1.0", StringComparison.Ordinal) == OpenApiProto.MediaType;

    private static ApiResult Answer(RequestContext context, Document document)
    {
        _ = ResponseFormat.Negotiate(context.Call.Headers["Accept"], FormatsOffered.JsonOnly);
        var result = context.Call.Headers["If-None-Match"] == document.Tag
            ? new ApiResult { StatusCode = 304 }
            : Answers.Bytes(document.Bytes, MediaTypes.Json);
        result.Headers.Add("ETag", document.Tag).Add("Vary", "Accept").Add(
            "Cache-Control", context.Query.Contains("hash") ? "public, immutable" : "public");
        return result;
    }

    private byte[] Index()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("paths");
            var all = _v3.Select(static entry =>
                (Path: entry.Key, Url: $"/openapi/v3/{entry.Key}?hash={entry.Value.Value.Hash}"));
            foreach (var (path, url) in all.Concat(_others()).OrderBy(
                static entry => entry.Path, StringComparer.Ordinal))
            {
                json.WriteStartObject(path);
                json.WriteString("serverRelativeURL", url);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private sealed class Document(byte[] bytes)
    {
        public byte[] Bytes => bytes;

        public string Hash { get; } = Convert.ToHexString(SHA512.HashData(bytes));

        public string Tag => $"\"{Hash}\"";
    }
}
