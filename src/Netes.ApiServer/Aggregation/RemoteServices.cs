using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Netes.Api.ApiRegistration;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Aggregation;

/// <summary>
/// The APIServices that Services answer, as the watch cache has them now. Any thread may look.
/// Source: kube-aggregator pkg/apiserver/apiserver.go, AddAPIService.
/// </summary>
internal sealed class RemoteServices : IDisposable
{
    private readonly IDisposable _subscription;
    private ImmutableDictionary<(string Group, string Version), RemoteService> _all =
        ImmutableDictionary<(string, string), RemoteService>.Empty;

    public RemoteServices(ObjectViews views, X509Certificate2? client)
    {
        _subscription = views.Subscribe<APIService>((old, next) =>
        {
            var all = old is null ? _all : _all.Remove((old.Spec.Group, old.Spec.Version));
            Volatile.Write(ref _all, next?.Spec.Service is null
                ? all
                : all.SetItem((next.Spec.Group, next.Spec.Version), new RemoteService(next, client)));
        });
    }

    /// <summary>The same object until something changes.</summary>
    public ImmutableDictionary<(string Group, string Version), RemoteService> All => Volatile.Read(ref _all);

    public RemoteService? Find(string group, string version) => All.GetValueOrDefault((group, version));

    public void Dispose() => _subscription.Dispose();
}
