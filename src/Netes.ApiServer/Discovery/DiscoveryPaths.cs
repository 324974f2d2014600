using System.Security.Cryptography;
using System.Text;
using Netes.Api;
using Netes.Api.ApiDiscovery;
using Netes.Api.Meta;
using Netes.ApiServer.Aggregation;
using Netes.ApiServer.Media;
using Netes.ApiServer.Rendering;
using Netes.ApiServer.Routing;

namespace Netes.ApiServer.Discovery;

/// <summary>
/// <c>/api</c>, <c>/apis</c>, <c>/api/v1</c>, <c>/apis/{group}[/{version}]</c>, in the old form and as one document
/// with an ETag. Source: apiserver pkg/endpoints/discovery/aggregated/negotiation.go, etag.go.
/// </summary>
internal sealed class DiscoveryPaths
{
    private const string Aggregated = "APIGroupDiscoveryList";

    public DiscoveryPaths(
        DiscoveryDocuments documents, string serverAddress, PathRouter router, Aggregator aggregator)
    {
        var core = documents.Versions.Where(static version => version.Group.Length == 0).ToList();
        var others = documents.Versions.Where(static version => version.Group.Length > 0).ToList();
        var root = new RootDocument(
            JsonCodec.Encode(DiscoveryDocuments.CoreVersions(serverAddress)), AggregatedDiscovery.Build(core));
        Map(router, "/api", () => root);
        var groups = new GroupsDocument(documents.Groups, AggregatedDiscovery.Build(others), aggregator);
        Map(router, "/apis", () => groups.Current);
        foreach (var group in documents.Groups)
        {
            var own = JsonCodec.Encode(group);
            router.Map($"/apis/{group.Name}", context =>
                aggregator.Group(group.Name, group, document => Answers.Bytes(document, Negotiated(context)))
                ?? Answers.Bytes(own, Negotiated(context)));
            MapNothingBelow(router, $"/apis/{group.Name}/");
        }

        MapNothingBelow(router, "/api/");
        router.MapBelow("/apis/", (context, _) => Task.FromResult(
            aggregator.Group(context.Info.Path["/apis/".Length..].TrimEnd('/'), null,
                document => Answers.Bytes(document, Negotiated(context)))
            ?? RequestRouter.NotFound()));

        foreach (var version in documents.Versions)
        {
            var path = version.Group.Length == 0 ? $"/api/{version.Version}" : $"/apis/{version.GroupVersion}";
            MapPlain(router, path, JsonCodec.Encode(DiscoveryDocuments.ResourcesOf(version)));
        }
    }

    // A version that the group does not have. Source: apiserver pkg/server/handler.go.
    private static void MapNothingBelow(PathRouter router, string prefix) =>
        router.MapBelow(prefix, static (_, _) => throw ApiErrors.Generic(404));

    private static void MapPlain(PathRouter router, string path, byte[] document) =>
        router.Map(path, context => Answers.Bytes(document, Negotiated(context)));

    private static void Map(PathRouter router, string path, Func<RootDocument> current) => router.Map(path, context =>
    {
        var root = current();
        foreach (var range in MediaRange.ParseAccept(context.Call.Headers["Accept"]))
        {
            if (range.Matches(MediaTypes.Json) && range["as"] == Aggregated && range["g"] == "apidiscovery.k8s.io"
                && root.ByVersion(range["v"]) is { } document)
            {
                return document.Answer(context.Call.Headers["If-None-Match"]);
            }

            if (range.Matches(MediaTypes.Json) && range["as"].Length == 0)
            {
                break;
            }
        }

        return Answers.Bytes(root.Plain, Negotiated(context));
    });

    private static string Negotiated(RequestContext context) =>
        ResponseFormat.Negotiate(context.Call.Headers["Accept"], FormatsOffered.JsonOnly).MediaType;

    /// <summary>All groups, made again when what other servers serve changes.</summary>
    private sealed class GroupsDocument(ValueList<APIGroup> groups, APIGroupDiscoveryList own, Aggregator aggregator)
    {
        private sealed record Made(object Services, object Documents, RootDocument Document);

        private Made? _made;

        public RootDocument Current
        {
            get
            {
                var (services, documents) = (aggregator.Services.All, aggregator.Discovery.Documents);
                if (_made is { } made && made.Services == (object)services && made.Documents == (object)documents)
                {
                    return made.Document;
                }

                var plain = new APIGroupList { Groups = MergedGroups.Plain(groups, services.Values) };
                var all = MergedGroups.Aggregated(own, services.Values, documents);
                _made = new(services, documents, new(JsonCodec.Encode(plain), all));
                return _made.Document;
            }
        }
    }

    private sealed class RootDocument(byte[] plain, APIGroupDiscoveryList groups)
    {
        private readonly AggregatedDocument _v2 = AggregatedDocument.Of(groups, "v2");
        private readonly AggregatedDocument _beta = AggregatedDocument.Of(groups, "v2beta1");

        public byte[] Plain => plain;

        public AggregatedDocument? ByVersion(string version) => version switch
        {
            "v2" => _v2,
            "v2beta1" => _beta,
            _ => null,
        };
    }

    private sealed record AggregatedDocument(byte[] Bytes, string Version, string Tag)
    {
        public static AggregatedDocument Of(APIGroupDiscoveryList groups, string version)
        {
            var json = Encoding.UTF8.GetString(JsonCodec.Encode(groups));
            var bytes = Encoding.UTF8.GetBytes(json.Replace(
                "apidiscovery.k8s.io/v2\"", $"apidiscovery.k8s.io/{version}\"", StringComparison.Ordinal));
            return new(bytes, version, $"\"{Convert.ToHexString(SHA512.HashData(bytes))}\"");
        }

        public ApiResult Answer(string known)
        {
            var result = known == Tag
                ? new ApiResult { StatusCode = 304 }
                : Answers.Bytes(Bytes, $"{MediaTypes.Json};g=apidiscovery.k8s.io;v={Version};as={Aggregated}");
            result.Headers.Add("ETag", Tag).Add("Vary", "Accept").Add("Cache-Control", "public");
            return result;
        }
    }
}
