namespace Netes.ApiServer.Streaming;

/// <summary>Where a request is carried on to.</summary>
/// <param name="Host">A name or address.</param>
/// <param name="Port">The port.</param>
/// <param name="IsSecure">TLS: with the kubelet client certificate where <paramref name="IsKubelet"/>.</param>
/// <param name="PathAndQuery">What is asked there.</param>
/// <param name="IsKubelet">Whether it is a node agent.</param>
internal sealed record ProxyTarget(string Host, int Port, bool IsSecure, string PathAndQuery, bool IsKubelet = false)
{
    public Uri Uri => new($"{(IsSecure ? "https" : "http")}://{Bracketed}:{Port}{PathAndQuery}");

    /// <summary>The value of the Host header.</summary>
    public string Authority => $"{Bracketed}:{Port}";

    /// <summary>Set where the target is another API server.</summary>
    public ProxyPeer? Peer { get; init; }

    private string Bracketed => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
}
