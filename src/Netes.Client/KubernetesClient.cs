using Netes.Api;
using Netes.Api.Meta;

namespace Netes.Client;

/// <summary>
/// The typed verbs of the API. Objects come back as immutable records. A failure of the API is an
/// <see cref="ApiException"/> with the server's Status; an unreachable server is an <see cref="HttpRequestException"/>.
/// Thread-safe.
/// </summary>
public sealed partial class KubernetesClient(IApiTransport transport, string fieldManager = "") : IObjectSource
{
    // Lists of the largest clusters come in pages; this is the limit of one answer.
    private const long MaxAnswerBytes = 1L << 30;

    public IApiTransport Transport { get; } = transport;

    /// <summary>Where this client's informers read; the client itself unless something nearer is known.</summary>
    public IObjectSource Objects
    {
        get => field ?? this;
        init;
    }

    /// <param name="ns">The namespace; empty for cluster-scoped kinds.</param>
    public Task<T> GetAsync<T>(string ns, string name, CancellationToken cancel = default)
        where T : class, IResource<T> => GetAsync<T>(T.Resource, ns, name, cancel);

    /// <summary>
    /// One page, or all when the parameters set no limit. All namespaces when <paramref name="ns"/> is empty.
    /// </summary>
    public Task<ResourceList<T>> ListAsync<T>(
        string ns, ListParameters? parameters = null, CancellationToken cancel = default)
        where T : class, IResource<T> => ListAsync<T>(T.Resource, ns, parameters, cancel);

    /// <summary>Creates in the namespace that the object's metadata name.</summary>
    public Task<T> CreateAsync<T>(T value, CancellationToken cancel = default)
        where T : class, IResource<T> =>
        WriteAsync(HttpMethod.Post, ApiPaths.Collection(T.Resource, value.Metadata.Namespace), value, cancel);

    /// <summary>Replaces all but status; a stale resourceVersion is a conflict.</summary>
    public Task<T> UpdateAsync<T>(T value, CancellationToken cancel = default)
        where T : class, IResource<T> => UpdateAsync(value, "", cancel);

    public Task<T> UpdateStatusAsync<T>(T value, CancellationToken cancel = default)
        where T : class, IResource<T> => UpdateAsync(value, "status", cancel);

    /// <summary>
    /// Replaces through a subresource whose body is the object itself (status, finalize, ephemeralcontainers …).
    /// </summary>
    public Task<T> UpdateAsync<T>(T value, string subresource, CancellationToken cancel = default)
        where T : class, IResource<T>
    {
        var metadata = value.Metadata;
        var path = ApiPaths.Subresource(T.Resource, metadata.Namespace, metadata.Name, subresource);
        return WriteAsync(HttpMethod.Put, path, value, cancel);
    }

    public Task<T> PatchAsync<T>(
        string ns, string name, Patch patch, string subresource = "", CancellationToken cancel = default)
        where T : class, IResource<T> => PatchAsync<T>(T.Resource, ns, name, patch, subresource, cancel);

    /// <summary>Asks for deletion; with finalizers or a grace period the object stays for a while.</summary>
    public Task DeleteAsync<T>(
        string ns, string name, DeleteOptions? options = null, CancellationToken cancel = default)
        where T : class, IResource<T> => DeleteAsync(T.Resource, ns, name, options, cancel);

    public Task DeleteCollectionAsync<T>(
        string ns, ListParameters? parameters = null, DeleteOptions? options = null, CancellationToken cancel = default)
        where T : class, IResource<T> => DeleteCollectionAsync(T.Resource, ns, parameters, options, cancel);

    /// <summary>The answer's bytes, whatever their kind. The path is complete, with its query.</summary>
    public Task<ReadOnlyMemory<byte>> RawAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte> body = default, CancellationToken cancel = default) =>
        AnswerAsync(method, path, body, cancel);

    /// <summary>The open answer, for logs that are followed and the like; the caller disposes it.</summary>
    public async Task<ApiResponse> OpenAsync(ApiRequest request, CancellationToken cancel = default)
    {
        var response = await Transport.SendAsync(request, cancel);
        if (response.IsSuccess)
        {
            return response;
        }

        await using (response)
        {
            throw await FailureAsync(response, cancel);
        }
    }

    private async Task<T> WriteAsync<T>(HttpMethod method, string path, T value, CancellationToken cancel)
        where T : class, IApiType<T> =>
        Wire.Decode<T>(await AnswerAsync(method, ApiPaths.Query(path, fieldManager), Wire.Encode(value), cancel));

    private Task<ReadOnlyMemory<byte>> AnswerAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte> body, CancellationToken cancel) =>
        AnswerAsync(new ApiRequest(method, path) { Body = body }, cancel);

    private async Task<ReadOnlyMemory<byte>> AnswerAsync(ApiRequest request, CancellationToken cancel)
    {
        await using var response = await OpenAsync(request, cancel);
        return await response.ReadAllAsync(MaxAnswerBytes, cancel);
    }

    private static ReadOnlyMemory<byte> Encode(DeleteOptions? options) =>
        options is null ? default(ReadOnlyMemory<byte>) : Wire.Encode(options);
}
