using System.Collections.Immutable;
using System.Text.Json;
using Netes.Api;
using Netes.Api.ApiDiscovery;
using Netes.Api.Meta;

namespace Netes.ApiServer.Aggregation;

/// <summary>
/// What aggregated servers say about their resources, as last fetched. Any thread may look.
/// Source: kube-aggregator pkg/apiserver/handler_discovery.go, pkg/controllers/openapiv3.
/// </summary>
internal sealed class RemoteDiscovery(RemoteRequests requests, TimeProvider time)
{
    private const string Accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
        + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    // Source: handler_discovery.go, the period of refetching all.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private ImmutableDictionary<string, RemoteDocument> _documents = ImmutableDictionary<string, RemoteDocument>.Empty;

    /// <summary>By the name of the APIService; the same object until something changes.</summary>
    public ImmutableDictionary<string, RemoteDocument> Documents => Volatile.Read(ref _documents);

    public void Forget(string name) => ImmutableInterlocked.TryRemove(ref _documents, name, out _);

    /// <summary>Asks again where the last answer is old. A server that does not answer keeps what it said.</summary>
    public async Task RefreshAsync(RemoteService remote, CancellationToken cancel)
    {
        var terms = $"{remote.Object.Metadata.Uid}/{remote.Object.Metadata.Generation}";
        if (Documents.TryGetValue(remote.Name, out var known) && known.Terms == terms && remote.IsAvailable
            && time.GetUtcNow() - known.Fetched < Lifetime)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            var version = await AggregatedAsync(remote, either.Token) ?? await PlainAsync(remote, either.Token);
            var schema = await SchemaAsync(remote, either.Token);
            if (version is not null)
            {
                ImmutableInterlocked.AddOrUpdate(ref _documents, remote.Name, Fresh(), (_, _) => Fresh());
            }

            RemoteDocument Fresh() => new(version!, schema, terms, time.GetUtcNow());
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested
            && exception is ApiException or OperationCanceledException or IOException or HttpRequestException)
        {
            // Its resources stay as they were, or unknown: the next check asks again.
            return;
        }
    }

    private async Task<APIVersionDiscovery?> AggregatedAsync(RemoteService remote, CancellationToken cancel)
    {
        var (code, body) = await requests.GetAsync(remote, "/apis", Accept, cancel);
        var list = code == 200 ? JsonCodec.Decode<APIGroupDiscoveryList>(body).Value : null;
        return list?.Items.FirstOrDefault(group => group.Metadata.Name == remote.Group)?.Versions
            .FirstOrDefault(version => version.Version == remote.Version && version.Resources.Count > 0);
    }

    // Servers that do not know the document of all groups.
    private async Task<APIVersionDiscovery?> PlainAsync(RemoteService remote, CancellationToken cancel)
    {
        var (code, body) = await requests.GetAsync(remote, remote.DiscoveryPath, "application/json", cancel);
        var list = code == 200 ? JsonCodec.Decode<APIResourceList>(body).Value : null;
        return list is null ? null : new()
        {
            Version = remote.Version,
            Freshness = DiscoveryFreshness.Current,
            Resources = list.APIResources.Where(static resource =>
                !resource.Name.Contains('/', StringComparison.Ordinal))
                .Select(resource => Resource(remote, resource, list.APIResources)).ToValueList(),
        };
    }

    private static APIResourceDiscovery Resource(
        RemoteService remote, APIResource resource, IEnumerable<APIResource> all) => new()
        {
            Resource = resource.Name,
            ResponseKind = Kind(remote, resource),
            Scope = resource.Namespaced ? ResourceScope.Namespaced : ResourceScope.Cluster,
            SingularResource = resource.SingularName,
            Verbs = resource.Verbs,
            ShortNames = resource.ShortNames,
            Categories = resource.Categories,
            Subresources = all.Where(part => part.Name.StartsWith(resource.Name + "/", StringComparison.Ordinal))
                .Select(part => new APISubresourceDiscovery
                {
                    Subresource = part.Name[(resource.Name.Length + 1)..],
                    ResponseKind = Kind(remote, part),
                    Verbs = part.Verbs,
                }).ToValueList(),
        };

    private static GroupVersionKind Kind(RemoteService remote, APIResource resource) => new()
    {
        Group = resource.Group.Length > 0 ? resource.Group : remote.Group,
        Version = resource.Version.Length > 0 ? resource.Version : remote.Version,
        Kind = resource.Kind,
    };

    /// <summary>Where its schema is, from its own index; empty where it has none.</summary>
    private async Task<string> SchemaAsync(RemoteService remote, CancellationToken cancel)
    {
        var (code, body) = await requests.GetAsync(remote, "/openapi/v3", "application/json", cancel);
        if (code != 200)
        {
            return "";
        }

        try
        {
            using var index = JsonDocument.Parse(body);
            return index.RootElement.TryGetProperty("paths", out var paths)
                && paths.TryGetProperty(remote.DiscoveryPath[1..], out var entry)
                && entry.TryGetProperty("serverRelativeURL", out var url) ? url.GetString() ?? "" : "";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An index that is none: the server has no schema.
            return "";
        }
    }
}

/// <summary>The resources of one group and version of another server.</summary>
/// <param name="Version">In the form of the document of all groups.</param>
/// <param name="SchemaUrl">Of its OpenAPI v3 document, below <c>/openapi/v3</c>; empty where there is none.</param>
/// <param name="Terms">Of which APIService this was said.</param>
/// <param name="Fetched">When.</param>
internal sealed record RemoteDocument(
    APIVersionDiscovery Version, string SchemaUrl, string Terms, DateTimeOffset Fetched);
