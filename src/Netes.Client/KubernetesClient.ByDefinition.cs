using Netes.Api;
using Netes.Api.Meta;

namespace Netes.Client;

// The verbs for a resource that is known by its definition only. The objects are read as any type that has their
// fields: the kind itself, or PartialObjectMetadata for what works on all kinds.
public sealed partial class KubernetesClient
{
    private const string AsMetadata =
        "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

    private const string AsMetadataList =
        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    public async Task<T> GetAsync<T>(
        ResourceDefinition resource, string ns, string name, CancellationToken cancel = default)
        where T : class, IApiType<T>
    {
        var request = new ApiRequest(HttpMethod.Get, ApiPaths.Object(resource, ns, name)) { Accept = Accept<T>(false) };
        return Wire.Decode<T>(await AnswerAsync(request, cancel));
    }

    public async Task<ResourceList<T>> ListAsync<T>(
        ResourceDefinition resource, string ns, ListParameters? parameters = null, CancellationToken cancel = default)
        where T : class, IApiType<T>
    {
        var path = ApiPaths.Query(ApiPaths.Collection(resource, ns), parameters ?? ListParameters.Everything);
        var request = new ApiRequest(HttpMethod.Get, path) { Accept = Accept<T>(true) };
        return Wire.DecodeList<T>(await AnswerAsync(request, cancel));
    }

    public async Task<T> PatchAsync<T>(
        ResourceDefinition resource, string ns, string name, Patch patch, string subresource = "",
        CancellationToken cancel = default)
        where T : class, IApiType<T>
    {
        var manager = patch.FieldManager.Length > 0 ? patch.FieldManager : fieldManager;
        var path = ApiPaths.Query(ApiPaths.Subresource(resource, ns, name, subresource), manager, patch.Force);
        var request = new ApiRequest(HttpMethod.Patch, path)
        {
            Body = patch.Body,
            ContentType = patch.ContentType,
            Accept = Accept<T>(false),
        };
        return Wire.Decode<T>(await AnswerAsync(request, cancel));
    }

    public async Task DeleteAsync(
        ResourceDefinition resource, string ns, string name, DeleteOptions? options = null,
        CancellationToken cancel = default) =>
        await AnswerAsync(HttpMethod.Delete, ApiPaths.Object(resource, ns, name), Encode(options), cancel);

    public async Task DeleteCollectionAsync(
        ResourceDefinition resource, string ns, ListParameters? parameters = null, DeleteOptions? options = null,
        CancellationToken cancel = default)
    {
        var path = ApiPaths.Query(ApiPaths.Collection(resource, ns), parameters ?? ListParameters.Everything);
        await AnswerAsync(HttpMethod.Delete, path, Encode(options), cancel);
    }

    Task<ResourceList<T>> IObjectSource.ListAsync<T>(
        ResourceDefinition resource, string ns, ListParameters? parameters, CancellationToken cancel) =>
        ListAsync<T>(resource, ns, parameters, cancel);

    IAsyncEnumerable<WatchEvent<T>> IObjectSource.WatchAsync<T>(
        ResourceDefinition resource, string ns, WatchParameters parameters, CancellationToken cancel) =>
        WatchAsync<T>(resource, ns, parameters, cancel);

    private static string Accept<T>(bool list)
        where T : class =>
        typeof(T) != typeof(PartialObjectMetadata) ? MediaTypes.Json : list ? AsMetadataList : AsMetadata;
}
