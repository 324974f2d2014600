using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Signs the cluster's description in <c>kube-public/cluster-info</c> with each bootstrap token that may sign: who has
/// the token knows that the description is the cluster's. Source: pkg/controller/bootstrap/bootstrapsigner.go.
/// </summary>
internal sealed class BootstrapSigningController : IController
{
    private static readonly ObjectKey Info = new("kube-public", "cluster-info");
    private const string TokenNamespace = "kube-system";

    private readonly ControllerContext _context;
    private readonly ObjectCache<ConfigMap> _maps;
    private readonly ObjectCache<Secret> _secrets;
    private readonly KeyedController<ObjectKey> _keyed;

    public BootstrapSigningController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(
            context, Name, ReconcileAsync, workers: 1, queue: new("bootstrap_signer_queue"));
        var maps = context.Informers.Get<ConfigMap>();
        var secrets = context.Informers.Get<Secret>();
        _maps = maps.Cache;
        _secrets = secrets.Cache;
        maps.AddHandler(change =>
        {
            if (change.Key == Info)
            {
                _keyed.Queue.Add(Info);
            }
        });
        secrets.AddHandler(change =>
        {
            if (change.Key.Namespace == TokenNamespace
                && change.Latest.Type == SecretType.BootstrapKubernetesIoToken)
            {
                _keyed.Queue.Add(Info);
            }
        });
    }

    public string Name => "bootstrap-signer-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_maps.TryGet(key, out var map))
        {
            return ReconcileResult.Done;
        }

        var signed = ClusterInfoSignatures.Sign(map, _secrets.List(TokenNamespace), _context.Now);
        if (signed == map)
        {
            return ReconcileResult.Done;
        }

        try
        {
            await _context.Client.UpdateAsync(signed, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound || failure.IsConflict)
        {
            // Gone, or changed by somebody else: its own change brings it back here.
            return ReconcileResult.Done;
        }

        return ReconcileResult.Done;
    }
}
