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
        _keyed = new KeyedController<ObjectKey>(
            context, Name, ReconcileAsync, workers: 1, queue: new("token_cleaner"));
        var secrets = context.Informers.Get<Secret>();
        _secrets = secrets.Cache;
        secrets.AddHandler(change =>
        {
            if (change.New is { } secret && IsToken(secret))
            {
                _keyed.Queue.Add(change.Key);
            }
        });
    }

    public string Name => "token-cleaner-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        // Another Secret may have come under the name while its time was waited for.
        if (!_secrets.TryGet(key, out var secret) || !IsToken(secret) || EndOf(secret) is not { } end)
        {
            return ReconcileResult.Done;
        }

        var wait = end - _context.Now;
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

    private static bool IsToken(Secret secret) =>
        secret.Type == SecretType.BootstrapKubernetesIoToken && secret.Metadata.Namespace == Namespace;

    /// <summary>
    /// Null: it has none. An end that cannot be read has come: such a token is accepted by nobody, and stays for ever.
    /// Source: cluster-bootstrap util/secrets, GetExpiration.
    /// </summary>
    private static DateTimeOffset? EndOf(Secret secret)
    {
        var text = secret.Data.Get("expiration").ToUtf8();
        return text.Length == 0 ? null
            : Timestamp.TryParse(text, out var end) ? end.ToDateTimeOffset()
            : DateTimeOffset.MinValue;
    }
}
