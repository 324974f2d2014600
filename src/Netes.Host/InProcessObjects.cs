using System.Globalization;
using System.Runtime.CompilerServices;
using Netes.Api;
using Netes.ApiServer;
using Netes.Client;

namespace Netes.Host;

/// <summary>What informers of the server's own process read: the watch cache itself. Lists are whole.</summary>
internal sealed class InProcessObjects(ObjectSource source) : IObjectSource
{
    public async Task<ResourceList<T>> ListAsync<T>(
        ResourceDefinition resource, string ns, ListParameters? parameters, CancellationToken cancel)
        where T : class, IKubernetesObject, IApiType<T>
    {
        var query = new ObjectQuery(resource)
        {
            Namespace = ns,
            LabelSelector = parameters?.LabelSelector ?? "",
            FieldSelector = parameters?.FieldSelector ?? "",
        };
        var list = await source.ListAsync<T>(query, cancel);
        return new([.. list.Items], list.Revision.ToString(CultureInfo.InvariantCulture), "");
    }

    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        ResourceDefinition resource, string ns, WatchParameters parameters,
        [EnumeratorCancellation] CancellationToken cancel)
        where T : class, IKubernetesObject, IApiType<T>
    {
        var query = new ObjectQuery(resource)
        {
            Namespace = ns,
            LabelSelector = parameters.LabelSelector,
            FieldSelector = parameters.FieldSelector,
        };
        var after = long.Parse(parameters.ResourceVersion, CultureInfo.InvariantCulture);
        await foreach (var seen in source.WatchAsync<T>(query, after, cancel))
        {
            yield return new(TypeOf(seen.Kind), seen.Object);
        }
    }

    private static WatchEventType TypeOf(ObjectEventKind kind) => kind switch
    {
        ObjectEventKind.Added => WatchEventType.Added,
        ObjectEventKind.Modified => WatchEventType.Modified,
        _ => WatchEventType.Deleted,
    };
}
