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
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        string ns, WatchParameters parameters, [EnumeratorCancellation] CancellationToken cancel = default)
        where T : class, IResource<T>
    {
        var path = ApiPaths.Query(ApiPaths.Collection(T.Resource, ns), parameters);
        await using var response = await OpenAsync(new ApiRequest(HttpMethod.Get, path), cancel);
        await foreach (var line in WatchLines.ReadAsync(response.Body, cancel))
        {
            yield return ReadEvent<T>(line);
        }
    }

    private static WatchEvent<T> ReadEvent<T>(ReadOnlyMemory<byte> line)
        where T : class, IResource<T>
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
