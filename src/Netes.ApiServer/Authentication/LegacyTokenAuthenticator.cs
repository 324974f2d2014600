using System.Security.Cryptography;
using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Certificates;
using Netes.ApiServer.Metrics;

namespace Netes.ApiServer.Authentication;

/// <summary>
/// Service account tokens that Secrets hold. Each use is looked up: the Secret must hold the very token, its account
/// must have the uid of the token. The day of the last use becomes a label of the Secret.
/// Source: pkg/serviceaccount/legacy.go (legacyValidator).
/// </summary>
internal sealed class LegacyTokenAuthenticator(
    AuthenticationOptions options, ServiceAccountKeys keys, IObjectReader objects, IObjectWriter writer,
    TokenMetrics metrics, TimeProvider time)
{
    private const string Advice =
        "Use tokens from the TokenRequest API or manually created secret-based tokens instead of auto-generated "
        + "secret-based tokens.";

    private readonly VerifiedTokens<LegacyServiceAccountToken> _tokens = new(keys, LegacyServiceAccountToken.Read);

    public async ValueTask<AuthenticationResult> AuthenticateAsync(
        string token, ValueList<string> audiences, CancellationToken cancel)
    {
        if (!JsonWebToken.IsIssuedBy(LegacyServiceAccountToken.Issuer, token))
        {
            return AuthenticationResult.Unknown.Instance;
        }

        if (_tokens.Find(token) is not { } claims)
        {
            return new AuthenticationResult.Rejected("invalid bearer token");
        }

        // Such a token names no audience: it is good for this server only.
        var common = options.OwnAudiences.Where(own => audiences.AsSpan().Contains(own)).ToValueList();
        if (common.IsEmpty)
        {
            return Rejected("token audiences [] is invalid for the target audiences ["
                + string.Join(" ", audiences.Select(FieldError.Quote)) + "]");
        }

        metrics.Legacy.Add();
        var text = ByteString.FromUtf8(token);
        var secret = await FindSecretAsync(claims, text, cancel);
        var account = await FindAccountAsync(claims, cancel);
        if (Problem(claims, text, secret, account) is { } problem)
        {
            return Rejected(problem);
        }

        await MarkUsedAsync(secret!, cancel);
        if (secret!.Metadata.Labels.Get(LegacyTokens.InvalidSinceLabel, "").Length > 0)
        {
            metrics.LegacyInvalid.Add();
            var place = $"{claims.Namespace}/{claims.Secret}";
            return Rejected($"the token in secret {place} for service account {claims.Namespace}/{claims.Account} has "
                + "been marked invalid. Use tokens from the TokenRequest API or manually created secret-based tokens, "
                + $"or remove the '{LegacyTokens.InvalidSinceLabel}' label from the secret to temporarily "
                + "allow use of this token");
        }

        var isAutomatic = account!.Secrets.Any(reference => reference.Name == claims.Secret);
        (isAutomatic ? metrics.LegacyAutomatic : metrics.LegacyManual).Add();
        return new AuthenticationResult.Authenticated(claims.ToUser(), common)
        {
            Warnings = isAutomatic ? [Advice] : [],
        };
    }

    private static string? Problem(
        LegacyServiceAccountToken claims, ByteString token, Secret? secret, ServiceAccount? account) =>
        secret is null || secret.Metadata.DeletionTimestamp is not null
            ? "service account token has been invalidated"
        : !Holds(secret, token) ? "service account token does not match server's copy"
        : account is null ? $"serviceaccounts {FieldError.Quote(claims.Account)} not found"
        : account.Metadata.DeletionTimestamp is not null
            ? $"ServiceAccount {claims.Namespace}/{claims.Account} has been deleted"
        : account.Metadata.Uid != claims.AccountUid
            ? $"ServiceAccount UID ({account.Metadata.Uid}) does not match claim ({claims.AccountUid})"
        : null;

    private static bool Holds(Secret secret, ByteString token) =>
        CryptographicOperations.FixedTimeEquals(secret.Data.Get("token").Span, token.Span);

    // What the cache does not show may have been written a moment ago.
    private async ValueTask<Secret?> FindSecretAsync(
        LegacyServiceAccountToken claims, ByteString token, CancellationToken cancel) =>
        objects.Get<Secret>(claims.Namespace, claims.Secret) is { } cached && Holds(cached, token)
            ? cached
            : await objects.GetLatestAsync<Secret>(claims.Namespace, claims.Secret, cancel);

    private async ValueTask<ServiceAccount?> FindAccountAsync(
        LegacyServiceAccountToken claims, CancellationToken cancel) =>
        objects.Get<ServiceAccount>(claims.Namespace, claims.Account) is { } cached
        && cached.Metadata.Uid == claims.AccountUid
            ? cached
            : await objects.GetLatestAsync<ServiceAccount>(claims.Namespace, claims.Account, cancel);

    // Tomorrow is as good as today: the clock of another server may be ahead.
    private async ValueTask MarkUsedAsync(Secret secret, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var today = LegacyTokens.Day(now);
        var marked = secret.Metadata.Labels.Get(LegacyTokens.LastUsedLabel, "");
        if (marked == today || marked == LegacyTokens.Day(now.AddDays(1)))
        {
            return;
        }

        var labels = secret.Metadata.Labels.Set(LegacyTokens.LastUsedLabel, today);
        try
        {
            await writer.UpdateAsync(secret with { Metadata = secret.Metadata with { Labels = labels } }, cancel);
        }
        catch (ApiException failure) when (failure.IsConflict || failure.IsNotFound)
        {
            // Another request marked it, or it is gone; the next use tries again.
            return;
        }
    }

    private static AuthenticationResult.Rejected Rejected(string why) => new($"[invalid bearer token, {why}]");
}
