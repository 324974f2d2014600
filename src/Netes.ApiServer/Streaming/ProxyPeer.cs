using System.Net.Security;

namespace Netes.ApiServer.Streaming;

/// <summary>Another API server as the target of a request: connections of its own, and who asks, in headers.</summary>
/// <param name="Pool">A host name under which only its connections are kept.</param>
/// <param name="Tls">How it is trusted, and what is shown to it.</param>
/// <param name="Headers">Who asks; what the client sent under such names is dropped.</param>
internal sealed record ProxyPeer(
    string Pool, SslClientAuthenticationOptions Tls, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public static bool Replaces(string name) => name.StartsWith("X-Remote-", StringComparison.OrdinalIgnoreCase);
}
