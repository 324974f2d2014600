using Netes.Api;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Aggregation;

/// <summary>
/// Requests that other servers answer: <c>/apis/{group}/{version}</c> and below where an APIService names a Service,
/// and the schema of these. Source: kube-aggregator pkg/apiserver/apiserver.go.
/// </summary>
internal sealed class Aggregator(RemoteServices services, RemoteDiscovery discovery, RemoteRequests requests)
{
    private const string SchemaPrefix = "/openapi/v3/apis/";

    public RemoteServices Services => services;

    public RemoteDiscovery Discovery => discovery;

    /// <summary>Null where this server itself is asked.</summary>
    public Task<ApiResult>? Route(RequestContext context, CancellationToken cancel)
    {
        var path = context.Info.Path;
        if (services.All.IsEmpty || !path.StartsWith('/'))
        {
            return null;
        }

        var rest = path.StartsWith("/apis/", StringComparison.Ordinal) ? path["/apis/".Length..]
            : path.StartsWith(SchemaPrefix, StringComparison.Ordinal) ? path[SchemaPrefix.Length..] : "";
        var parts = rest.Split('/', 3);
        return parts.Length >= 2 && services.Find(parts[0], parts[1]) is { } remote
            ? requests.ForwardAsync(context, remote, cancel) : null;
    }

    /// <summary>What the index of OpenAPI v3 also names: a path and its URL.</summary>
    public IEnumerable<(string Path, string Url)> Schemas() =>
        from remote in services.All.Values
        let document = discovery.Documents.GetValueOrDefault(remote.Name)
        where document is { SchemaUrl.Length: > 0 } && remote.Group.Length > 0
        select (remote.DiscoveryPath[1..], document.SchemaUrl);

    /// <summary>A group that only others serve, or that they add versions to.</summary>
    public ApiResult? Group(string name, Netes.Api.Meta.APIGroup? own, Func<byte[], ApiResult> answer)
    {
        var remotes = services.All.Values.Where(remote => remote.Group == name).ToList();
        return remotes.Count == 0 ? null
            : answer(JsonCodec.Encode(MergedGroups.Plain(own is null ? [] : [own], remotes)[0]));
    }
}
