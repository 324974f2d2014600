using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Certificates;
using Netes.ApiServer.Metrics;

namespace Netes.ApiServer.Authentication;

/// <summary>
/// Service account tokens: signature, issuer, audience, times, then the objects they are bound to, which must live with
/// the same uid. Signatures of known tokens are remembered; the rest is looked at each time, so that a deleted account
/// or pod ends its tokens at once. Source: pkg/serviceaccount/{jwt,claims}.go.
/// </summary>
internal sealed class ServiceAccountTokenAuthenticator(
    ServiceAccountKeys keys, string issuer, IObjectReader objects, TokenMetrics metrics, TimeProvider time)
{
    /// <summary>Clocks may differ by that much, and a deleted object's tokens live on for as long.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    private readonly VerifiedTokens<ServiceAccountClaims> _tokens = new(
        keys, root => ServiceAccountClaims.Read(root) is { } claims && claims.Issuer == issuer ? claims : null);

    public async ValueTask<AuthenticationResult> AuthenticateAsync(
        string token, ValueList<string> audiences, CancellationToken cancel)
    {
        if (!JsonWebToken.IsIssuedBy(issuer, token))
        {
            return AuthenticationResult.Unknown.Instance;
        }

        if (_tokens.Find(token) is not { } claims)
        {
            return Rejected("");
        }

        var common = claims.Audiences.Where(audience => audiences.AsSpan().Contains(audience)).ToValueList();
        if (common.IsEmpty)
        {
            return Rejected($"token audiences [{Join(claims.Audiences)}] is invalid for the target audiences "
                + $"[{Join(audiences)}]");
        }

        var why = CheckTimes(claims) ?? await CheckObjectsAsync(claims, cancel);
        if (why is not null)
        {
            return Rejected(why);
        }

        metrics.Valid.Add();
        return new AuthenticationResult.Authenticated(claims.ToUser(), common);
    }

    private string? CheckTimes(ServiceAccountClaims claims)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var leeway = (long)Leeway.TotalSeconds;
        return now - leeway > claims.Expires ? "service account token has expired"
            : now + leeway < claims.NotBefore ? "service account token is not valid yet"
            : now + leeway < claims.IssuedAt ? "service account token is issued in the future"
            : null;
    }

    private async ValueTask<string?> CheckObjectsAsync(ServiceAccountClaims claims, CancellationToken cancel) =>
        await CheckAsync<ServiceAccount>("service account", claims.Namespace, claims.ServiceAccount, cancel)
        ?? (claims.Secret is null ? null : await CheckAsync<Secret>("secret", claims.Namespace, claims.Secret, cancel))
        ?? (claims.Pod is null ? null : await CheckAsync<Pod>("pod", claims.Namespace, claims.Pod, cancel))
        // A node in a pod's token is information; a token bound to the node itself ends with it.
        ?? (claims.Node is null || claims.Pod is not null ? null
            : await CheckAsync<Node>("node", "", claims.Node, cancel));

    private async ValueTask<string?> CheckAsync<T>(
        string word, string namespaceName, BoundObject bound, CancellationToken cancel)
        where T : class, IResource<T>
    {
        var found = objects.Get<T>(namespaceName, bound.Name);
        if (found is null || found.Metadata.Uid != bound.Uid)
        {
            // Another server may have written it a moment ago.
            found = await objects.GetLatestAsync<T>(namespaceName, bound.Name, cancel);
        }

        if (found is null)
        {
            return $"{word} {namespaceName}/{bound.Name} not found";
        }

        if (found.Metadata.Uid != bound.Uid)
        {
            return $"{word} UID ({found.Metadata.Uid}) does not match claim ({bound.Uid})";
        }

        return found.Metadata.DeletionTimestamp is { } deleted && deleted.ToDateTimeOffset() < time.GetUtcNow() - Leeway
            ? $"{word} has been deleted"
            : null;
    }

    private static AuthenticationResult.Rejected Rejected(string why) =>
        new(why.Length == 0 ? "invalid bearer token" : $"[invalid bearer token, {why}]");

    private static string Join(ValueList<string> texts) =>
        string.Join(" ", texts.Select(FieldError.Quote));
}
