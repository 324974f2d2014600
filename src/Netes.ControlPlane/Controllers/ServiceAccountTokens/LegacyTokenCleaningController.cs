using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Marks tokens that were made for accounts and are not used any more, then deletes them; it looks at each once a day.
/// Source: pkg/controller/serviceaccount/legacy_serviceaccount_token_cleaner.go.
/// </summary>
internal sealed class LegacyTokenCleaningController : IController
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(24);

    private readonly ControllerContext _context;
    private readonly ObjectCache<Secret> _secrets;
    private readonly ObjectCache<ServiceAccount> _accounts;
    private readonly ObjectCache<Pod> _pods;
    private readonly KeyedController<ObjectKey> _keyed;

    public LegacyTokenCleaningController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync, workers: 1);
        var secrets = context.Informers.Get<Secret>();
        _secrets = secrets.Cache;
        var accounts = context.Informers.Get<ServiceAccount>();
        _accounts = accounts.Cache;
        _pods = context.Informers.Get<Pod>().Cache;
        secrets.AddHandler(change =>
        {
            if (change.New is { Type: SecretType.KubernetesIoServiceAccountToken })
            {
                _keyed.Queue.Add(change.Key);
            }
        });
        accounts.AddHandler(change =>
        {
            foreach (var reference in change.New?.Secrets ?? default)
            {
                var key = new ObjectKey(change.Key.Namespace, reference.Name);
                if (_secrets.Get(key)?.Type == SecretType.KubernetesIoServiceAccountToken)
                {
                    _keyed.Queue.Add(key);
                }
            }
        });
    }

    public string Name => "legacy-serviceaccount-token-cleaner-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_secrets.TryGet(key, out var secret))
        {
            return ReconcileResult.Done;
        }

        var plan = new LegacyTokenPlan(_context.Now, _context.Options.LegacyTokenCleanUpPeriod);
        var fate = plan.FateOf(secret, AccountOf(secret));
        if (fate == LegacyTokenFate.Kept || IsMounted(secret) || !await IsTrackedAsync(plan, cancel))
        {
            return ReconcileResult.Again(Interval);
        }

        try
        {
            if (fate == LegacyTokenFate.Invalidated)
            {
                await _context.Client.PatchAsync<Secret>(key.Namespace, key.Name, Mark(secret, plan.Today), "", cancel);
                return ReconcileResult.Again(Interval);
            }

            // Used a moment ago is used: the mark of the use changes the version.
            var options = new DeleteOptions
            {
                Preconditions = new() { ResourceVersion = secret.Metadata.ResourceVersion },
            };
            await _context.Client.DeleteAsync<Secret>(key.Namespace, key.Name, options, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound || failure.IsConflict)
        {
            // Gone, or changed: its own change brings it back here.
            return ReconcileResult.Done;
        }

        return ReconcileResult.Done;
    }

    private ServiceAccount? AccountOf(Secret secret)
    {
        var account = _accounts.Get(secret.Metadata.Namespace, TokenSecrets.AccountOf(secret));
        var uid = TokenSecrets.AccountUidOf(secret);
        return uid.Length == 0 || account?.Metadata.Uid == uid ? account : null;
    }

    private bool IsMounted(Secret secret) => _pods.List(secret.Metadata.Namespace)
        .Any(pod => PodSecretNames.Of(pod).Contains(secret.Metadata.Name));

    private async Task<bool> IsTrackedAsync(LegacyTokenPlan plan, CancellationToken cancel)
    {
        try
        {
            var tracking = await _context.Client.GetAsync<ConfigMap>(
                LegacyTokens.TrackingNamespace, LegacyTokens.TrackingName, cancel);
            return plan.IsTracked(tracking.Data.Get(LegacyTokens.TrackingKey, ""));
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return false;
        }
    }

    private static Patch Mark(Secret secret, string day) => Patch.Merge(
        $$"""
        {"metadata":{"uid":"{{secret.Metadata.Uid}}","labels":{"{{LegacyTokens.InvalidSinceLabel}}":"{{day}}"} } }
        """);
}
