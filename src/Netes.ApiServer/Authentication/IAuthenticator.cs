using System.Security.Cryptography.X509Certificates;
using Netes.Api;

namespace Netes.ApiServer.Authentication;

/// <summary>Finds out who asks. Source: apiserver pkg/authentication/authenticator/interfaces.go.</summary>
public interface IAuthenticator
{
    ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancel);
}

/// <summary>What a request shows of its sender.</summary>
public sealed record AuthenticationRequest
{
    /// <summary>The value of the <c>Authorization</c> header; empty when there is none.</summary>
    public string Authorization { get; init; } = "";

    /// <summary>The values of <c>Sec-WebSocket-Protocol</c>: browsers send the bearer token there.</summary>
    public ValueList<string> WebSocketProtocols { get; init; }

    /// <summary>The TLS client certificate, not verified yet: accept any in the handshake.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>The caller inside this process; only the in-process transport sets it.</summary>
    public UserIdentity? InProcess { get; init; }

    /// <summary>The request's path, for what anonymous users may see.</summary>
    public string Path { get; init; } = "";
}

/// <summary>The answer of an authenticator.</summary>
public abstract record AuthenticationResult
{
    private AuthenticationResult()
    {
    }

    /// <summary><paramref name="User"/> was shown to be who he is; anonymous counts where it is let in.</summary>
    public sealed record Authenticated(UserIdentity User, ValueList<string> Audiences = default) : AuthenticationResult
    {
        /// <summary>What the answer tells the user about his credential.</summary>
        public ValueList<string> Warnings { get; init; }
    }

    /// <summary>No credential was given: the next authenticator may know more.</summary>
    public sealed record Unknown : AuthenticationResult
    {
        public static Unknown Instance { get; } = new();
    }

    /// <summary>Answer 401. <paramref name="Why"/> is for the log; it never holds a credential.</summary>
    public sealed record Rejected(string Why) : AuthenticationResult;
}
