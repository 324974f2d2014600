using System.Runtime.CompilerServices;
using Netes.Api;
using Netes.Api.Meta;

namespace Netes.Client;

public sealed partial class KubernetesClient
{
    /// <summary>
    /// The events of a collection until the server ends the watch. An ERROR event is thrown as
    /// <see cref="ApiException"/>; with <see cref="ApiException.IsExpired"/> the caller lists again.
    /// Source: apimachinery pkg/watch, client-go rest/request.go.
    /// </summary>
    public IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        string ns, WatchParameters parameters, CancellationToken cancel = default)
        where T : class, IResource<T> => WatchAsync<T>(T.Resource, ns, parameters, cancel);

    /// <summary>The same for a resource that is known by its definition only.</summary>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        ResourceDefinition resource, string ns, WatchParameters parameters,
        [EnumeratorCancellation] CancellationToken cancel = default)
        where T : class, IApiType<T>
    {
        var path = ApiPaths.Query(ApiPaths.Collection(resource, ns), parameters);
        var request = new ApiRequest(HttpMethod.Get, path) { Accept = Accept<T>(false) };
        await using var response = await OpenAsync(request, cancel);
        await foreach (var line in WatchLines.ReadAsync(response.Body, cancel))
        {
            yield return ReadEvent<T>(line);
        }
    }

    private static WatchEvent<T> ReadEvent<T>(ReadOnlyMemory<byte> line)
        where T : class, IApiType<T>
    {
        var (type, value) = Wire.DecodeEvent(line);
        return type switch
        {
            "ADDED" => new(WatchEventType.Added, Wire.Decode<T>(value)),
            "MODIFIED" => new(WatchEventType.Modified, Wire.Decode<T>(value)),
            "DELETED" => new(WatchEventType.Deleted, Wire.Decode<T>(value)),
            "BOOKMARK" => new(WatchEventType.Bookmark, Wire.Decode<T>(value)),
            "ERROR" => throw new ApiException(Wire.Decode<Status>(value)),
            _ => throw new InvalidDataException($"unknown watch event \"{type}\""),
        };
    }
}
