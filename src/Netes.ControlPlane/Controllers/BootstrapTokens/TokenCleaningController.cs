using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>Deletes bootstrap tokens that have expired. Source: pkg/controller/bootstrap/tokencleaner.go.</summary>
internal sealed class TokenCleaningController : IController
{
    private const string Namespace = "kube-system";

    private readonly ControllerContext _context;
    private readonly ObjectCache<Secret> _secrets;
    private readonly KeyedController<ObjectKey> _keyed;

    public TokenCleaningController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync, workers: 1);
        var secrets = context.Informers.Get<Secret>();
        _secrets = secrets.Cache;
        secrets.AddHandler(change =>
        {
            if (change.New is { Type: SecretType.BootstrapKubernetesIoToken } && change.Key.Namespace == Namespace)
            {
                _keyed.Queue.Add(change.Key);
            }
        });
    }

    public string Name => "token-cleaner-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        // A time that cannot be read ends no token here: the API server does not accept it either.
        if (!_secrets.TryGet(key, out var secret)
            || !Timestamp.TryParse(secret.Data.Get("expiration").ToUtf8(), out var end))
        {
            return ReconcileResult.Done;
        }

        var wait = end.ToDateTimeOffset() - _context.Now;
        if (wait > TimeSpan.Zero)
        {
            return ReconcileResult.Again(wait);
        }

        try
        {
            await _context.Client.DeleteAsync<Secret>(
                key.Namespace, key.Name,
                new DeleteOptions { Preconditions = new Netes.Api.Meta.Preconditions { Uid = secret.Metadata.Uid } },
                cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound || failure.IsConflict)
        {
            // Deleted, or made anew with another end: its own change brings it back here.
            return ReconcileResult.Done;
        }

        return ReconcileResult.Done;
    }
}
