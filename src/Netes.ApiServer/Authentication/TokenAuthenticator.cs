using Netes.Api;
using Netes.ApiServer.Metrics;

namespace Netes.ApiServer.Authentication;

/// <summary>
/// Bearer tokens of every sort: static, bootstrap, service account. Source: pkg/kubeapiserver/authenticator/config.go.
/// </summary>
public sealed class TokenAuthenticator
{
    /// <summary>Longer than any token that we make (RFC 8725 asks for a bound).</summary>
    private const int MaxLength = 16 * 1024;

    private readonly AuthenticationOptions _options;
    private readonly StaticTokenAuthenticator _static;
    private readonly BootstrapTokenAuthenticator _bootstrap;
    private readonly ServiceAccountTokenAuthenticator? _serviceAccounts;
    private readonly LegacyTokenAuthenticator? _legacy;

    public TokenAuthenticator(
        AuthenticationOptions options, IObjectReader objects, IObjectWriter writer, TimeProvider time)
    {
        _options = options;
        _static = new StaticTokenAuthenticator(options.StaticTokens);
        _bootstrap = new BootstrapTokenAuthenticator(objects, time);
        if (options.ServiceAccountKeys is { } keys)
        {
            var metrics = new TokenMetrics(options.Metrics);
            _serviceAccounts = new(keys, options.Issuer, objects, metrics, time);
            _legacy = new(options, keys, objects, writer, metrics, time);
        }
    }

    /// <summary>
    /// The token's user, when the token is good for one of <paramref name="audiences"/>; the result's audiences are
    /// those it is good for.
    /// </summary>
    public async ValueTask<AuthenticationResult> AuthenticateAsync(
        string token, ValueList<string> audiences, CancellationToken cancel)
    {
        if (token.Length is 0 or > MaxLength)
        {
            return new AuthenticationResult.Rejected("invalid bearer token");
        }

        if (_static.Authenticate(token) is { } found)
        {
            return ForOwnAudiences(found, audiences);
        }

        if (BootstrapTokenAuthenticator.LooksLikeOne(token))
        {
            return await _bootstrap.AuthenticateAsync(token, cancel) is AuthenticationResult.Authenticated known
                ? ForOwnAudiences(known.User, audiences)
                : new AuthenticationResult.Rejected("invalid bearer token");
        }

        if (_serviceAccounts is null || _legacy is null)
        {
            return AuthenticationResult.Unknown.Instance;
        }

        var result = await _serviceAccounts.AuthenticateAsync(token, audiences, cancel);
        return result is AuthenticationResult.Unknown
            ? await _legacy.AuthenticateAsync(token, audiences, cancel)
            : result;
    }

    /// <summary>These tokens name no audience: they are good for this server only.</summary>
    private AuthenticationResult ForOwnAudiences(UserIdentity user, ValueList<string> audiences)
    {
        var common = _options.OwnAudiences.Where(own => audiences.AsSpan().Contains(own)).ToValueList();
        return common.IsEmpty
            ? new AuthenticationResult.Rejected("invalid bearer token")
            : new AuthenticationResult.Authenticated(user, common);
    }
}
