using System.Net;
using System.Security.Cryptography.X509Certificates;
using Netes.ApiServer.Authentication;

namespace Netes.ApiServer;

/// <summary>
/// One request, whatever brought it: HTTPS or the in-process transport. It belongs to one request; nothing in it is
/// shared with another.
/// </summary>
public sealed record ApiCall
{
    public required string Method { get; init; }

    /// <summary>The path, decoded, beginning with a slash.</summary>
    public required string Path { get; init; }

    public ApiQuery Query { get; init; } = ApiQuery.Empty;

    public ApiHeaders Headers { get; init; } = new();

    public IRequestBody Body { get; init; } = MemoryBody.Empty;

    /// <summary>Where the client is; null in process.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>
    /// What the client presented in the TLS handshake, not yet validated; null when it presented nothing.
    /// </summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Set by the in-process transport only: who calls. Such a call is not authenticated again.</summary>
    public UserIdentity? InProcessUser { get; init; }

    /// <summary>The protocol that an <c>Upgrade</c> header asks for; empty for an ordinary request.</summary>
    public string Upgrade { get; init; } = "";
}
