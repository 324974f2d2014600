using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Puts tokens into Secrets of type service-account-token, and deletes those whose account is gone. Source:
/// pkg/controller/serviceaccount/tokens_controller.go.
/// </summary>
internal sealed class ServiceAccountTokenController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<ServiceAccount> _accounts;
    private readonly ObjectCache<Secret> _secrets;
    private readonly KeyedController<TokenKey> _keyed;

    public ServiceAccountTokenController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<TokenKey>(
            context, Name, ReconcileAsync, queue: new("serviceaccount_tokens_service"));
        var accounts = context.Informers.Get<ServiceAccount>();
        var secrets = context.Informers.Get<Secret>();
        _accounts = accounts.Cache;
        _secrets = secrets.Cache;
        secrets.AddHandler(change =>
        {
            if (change.Old is { } old && change.New?.Metadata.Uid != old.Metadata.Uid)
            {
                Enqueue(old);
            }

            if (change.New is { } next)
            {
                Enqueue(next);
            }
        });
        accounts.AddHandler(change =>
        {
            if (change.Old is { } old && change.New?.Metadata.Uid != old.Metadata.Uid)
            {
                foreach (var secret in _secrets.List(old.Metadata.Namespace)
                    .Where(secret => TokenSecrets.AccountOf(secret) == old.Metadata.Name))
                {
                    Enqueue(secret);
                }
            }
        });
    }

    public string Name => "serviceaccount-token-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private void Enqueue(Secret secret)
    {
        if (TokenSecrets.AccountOf(secret) is { Length: > 0 } account)
        {
            _keyed.Queue.Add(new(
                ObjectKey.Of(secret), secret.Metadata.Uid, account, TokenSecrets.AccountUidOf(secret)));
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(TokenKey key, CancellationToken cancel)
    {
        // Without a key nothing is made, nor judged: another manager may have one.
        if (_context.Options.SignServiceAccountToken is not { } sign)
        {
            return ReconcileResult.Done;
        }

        try
        {
            // Another of the same name is not the one that the account names: it has a key of its own.
            if (!_secrets.TryGet(key.Secret, out var secret) || secret.Metadata.Uid != key.SecretUid)
            {
                return await RemoveReferenceAsync(key, cancel);
            }

            if (await FindAccountAsync(secret, cancel) is not { } account)
            {
                await _context.Client.DeleteAsync<Secret>(
                    key.Secret.Namespace, key.Secret.Name,
                    new DeleteOptions { Preconditions = new() { Uid = secret.Metadata.Uid } }, cancel);
            }
            else
            {
                var complete = TokenSecrets.Complete(secret, account, _context.Options.RootCertificatePem, sign);
                if (complete != secret)
                {
                    await _context.Client.UpdateAsync(complete, cancel);
                }
            }
        }
        catch (ApiException failure) when (failure.IsNotFound || failure.IsConflict)
        {
            // Gone, or changed by somebody else: its own change brings it back here.
            return ReconcileResult.Done;
        }

        return ReconcileResult.Done;
    }

    /// <summary>
    /// The account as the cache has it, else as it is: nothing is deleted for an account that the cache does not show
    /// yet.
    /// </summary>
    private async Task<ServiceAccount?> FindAccountAsync(Secret secret, CancellationToken cancel)
    {
        var (name, uid) = (TokenSecrets.AccountOf(secret), TokenSecrets.AccountUidOf(secret));
        bool IsIt(ServiceAccount account) => uid.Length == 0 || account.Metadata.Uid == uid;
        if (_accounts.Get(secret.Metadata.Namespace, name) is { } cached && IsIt(cached))
        {
            return cached;
        }

        try
        {
            var live = await _context.Client.GetAsync<ServiceAccount>(secret.Metadata.Namespace, name, cancel);
            return IsIt(live) ? live : null;
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// The account is read anew, and changed by somebody else in between it is changed later: nothing else brings the
    /// key back.
    /// </summary>
    private async Task<ReconcileResult> RemoveReferenceAsync(TokenKey key, CancellationToken cancel)
    {
        if (_accounts.Get(key.Secret.Namespace, key.Account) is null)
        {
            return ReconcileResult.Done;
        }

        var account = await _context.Client.GetAsync<ServiceAccount>(key.Secret.Namespace, key.Account, cancel);
        var kept = account.Secrets.Where(reference => reference.Name != key.Secret.Name).ToValueList();
        if (kept == account.Secrets || (key.AccountUid.Length > 0 && account.Metadata.Uid != key.AccountUid))
        {
            return ReconcileResult.Done;
        }

        try
        {
            await _context.Client.UpdateAsync(account with { Secrets = kept }, cancel);
            return ReconcileResult.Done;
        }
        catch (ApiException failure) when (failure.IsConflict)
        {
            return ReconcileResult.Later(failure.Message);
        }
    }

    private readonly record struct TokenKey(ObjectKey Secret, string SecretUid, string Account, string AccountUid);
}
