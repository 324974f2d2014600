using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Each namespace has a service account named default. Source:
/// pkg/controller/serviceaccount/serviceaccounts_controller.go.
/// </summary>
internal sealed class ServiceAccountController : IController
{
    private const string AccountName = "default";

    private readonly ControllerContext _context;
    private readonly ObjectCache<Namespace> _namespaces;
    private readonly ObjectCache<ServiceAccount> _accounts;
    private readonly KeyedController<ObjectKey> _keyed;

    public ServiceAccountController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(
            context, Name, ReconcileAsync, workers: 1, queue: new("serviceaccount"));
        var namespaces = context.Informers.Get<Namespace>();
        var accounts = context.Informers.Get<ServiceAccount>();
        _namespaces = namespaces.Cache;
        _accounts = accounts.Cache;
        namespaces.Enqueue(_keyed.Queue);
        accounts.AddHandler(change =>
        {
            if (change.New is null && change.Key.Name == AccountName)
            {
                _keyed.Queue.Add(new ObjectKey("", change.Key.Namespace));
            }
        });
    }

    public string Name => "serviceaccount-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_namespaces.TryGet(key, out var space) || space.Status.Phase != NamespacePhase.Active
            || _accounts.Get(key.Name, AccountName) is not null)
        {
            return ReconcileResult.Done;
        }

        try
        {
            var account = new ServiceAccount { Metadata = new() { Namespace = key.Name, Name = AccountName } };
            await _context.Client.CreateAsync(account, cancel);
        }
        catch (ApiException failure) when (failure.IsAlreadyExists || PodControl.IsNamespaceEnding(failure))
        {
            // There is one, or nobody will need one.
        }

        return ReconcileResult.Done;
    }
}
