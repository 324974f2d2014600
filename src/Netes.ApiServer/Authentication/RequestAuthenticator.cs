using Netes.Api;
using Netes.ApiServer.Certificates;

namespace Netes.ApiServer.Authentication;

/// <summary>
/// All ways to show who one is, in Kubernetes' order: certificate, bearer token, anonymous. The first that knows the
/// user wins; a credential that none knows is 401, also where anonymous users are let in.
/// Source: apiserver pkg/authentication/request/union; pkg/kubeapiserver/authenticator/config.go.
/// </summary>
public sealed class RequestAuthenticator : IAuthenticator
{
    private const string WebSocketTokenPrefix = "base64url.bearer.authorization.k8s.io.";

    private readonly AuthenticationOptions _options;
    private readonly ClientCertificateAuthenticator? _certificates;

    public RequestAuthenticator(
        AuthenticationOptions options, IObjectReader objects, IObjectWriter writer, TimeProvider time)
    {
        _options = options;
        _certificates = options.ClientAuthority is { } authority ? new(authority, time) : null;
        Tokens = new TokenAuthenticator(options, objects, writer, time);
    }

    /// <summary>The bearer tokens alone, for TokenReview.</summary>
    public TokenAuthenticator Tokens { get; }

    public async ValueTask<AuthenticationResult> AuthenticateAsync(
        AuthenticationRequest request, CancellationToken cancel)
    {
        if (request.InProcess is { } user)
        {
            return new AuthenticationResult.Authenticated(WithAuthenticatedGroup(user));
        }

        var failure = "";
        if (_certificates is not null && request.ClientCertificate is { } certificate)
        {
            switch (_certificates.Authenticate(certificate))
            {
                case AuthenticationResult.Authenticated found:
                    return found with { User = WithAuthenticatedGroup(found.User) };
                case AuthenticationResult.Rejected rejected:
                    failure = rejected.Why;
                    break;
            }
        }

        if (FindToken(request) is { } token)
        {
            switch (await Tokens.AuthenticateAsync(token, _options.OwnAudiences, cancel))
            {
                case AuthenticationResult.Authenticated found:
                    return found with { User = WithAuthenticatedGroup(found.User) };
                case AuthenticationResult.Rejected rejected:
                    failure = rejected.Why;
                    break;
                default:
                    failure = "invalid bearer token";
                    break;
            }
        }

        if (failure.Length > 0)
        {
            return new AuthenticationResult.Rejected(failure);
        }

        return request.Authorization.Length == 0 && IsForAnonymous(request.Path)
            ? new AuthenticationResult.Authenticated(UserIdentity.Anonymous)
            : new AuthenticationResult.Rejected("no credential");
    }

    /// <summary>
    /// Adds <c>system:authenticated</c>. Source: apiserver pkg/authentication/group/authenticated_group_adder.go.
    /// </summary>
    internal static UserIdentity WithAuthenticatedGroup(UserIdentity user) =>
        user.IsIn(KnownGroups.Authenticated) || user.IsIn(KnownGroups.Unauthenticated)
            ? user
            : user with { Groups = user.Groups.Add(KnownGroups.Authenticated) };

    /// <summary>The path itself, or a check below it: <c>/livez/ping</c>.</summary>
    private bool IsForAnonymous(string path)
    {
        foreach (var open in _options.AnonymousPaths)
        {
            if (path == open || (path.StartsWith(open, StringComparison.Ordinal) && path[open.Length] == '/'
                && !path.Contains("..", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static string? FindToken(AuthenticationRequest request)
    {
        var words = request.Authorization.Trim().Split(' ', 3);
        if (words.Length >= 2 && words[0].Equals("bearer", StringComparison.OrdinalIgnoreCase) && words[1].Length > 0)
        {
            return words[1];
        }

        foreach (var protocol in request.WebSocketProtocols)
        {
            var name = protocol.AsSpan().Trim();
            if (name.StartsWith(WebSocketTokenPrefix, StringComparison.Ordinal))
            {
                return JsonWebToken.DecodeText(name[WebSocketTokenPrefix.Length..]);
            }
        }

        return null;
    }
}
