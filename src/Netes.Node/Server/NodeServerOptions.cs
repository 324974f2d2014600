using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Netes.Nodes.Server;

/// <summary>Who asks the node's server for what. Source: pkg/kubelet/server/auth.go (NodeRequestAttributes).</summary>
/// <param name="User">The client certificate's common name.</param>
/// <param name="Groups">The client certificate's organizations.</param>
/// <param name="Verb">get, create, update, ...</param>
/// <param name="Subresource">Of the node: proxy, log, stats, metrics, pods, healthz, ...</param>
/// <param name="Path">The URL's path.</param>
public sealed record NodeServerRequest(
    string User, IReadOnlyList<string> Groups, string Verb, string Subresource, string Path);

/// <summary>What the node's HTTPS server is told.</summary>
public sealed record NodeServerOptions
{
    public IPAddress Address { get; init; } = IPAddress.Any;

    public int Port { get; init; } = 10250;

    /// <summary>The certificate it shows, asked at each handshake, so that it may be renewed.</summary>
    public required Func<X509Certificate2> Certificate { get; init; }

    /// <summary>Who may have issued clients' certificates.</summary>
    public required X509Certificate2Collection ClientAuthorities { get; init; }

    /// <summary>
    /// Decides over each request; by default system:masters and the API server's own client may do all.
    /// </summary>
    public Func<NodeServerRequest, CancellationToken, ValueTask<bool>> Authorize { get; init; } = AllowApiServer;

    public static ValueTask<bool> AllowApiServer(NodeServerRequest request, CancellationToken cancel) =>
        ValueTask.FromResult(request.Groups.Contains("system:masters")
            || request.User is "kube-apiserver-kubelet-client" or "system:kube-apiserver");
}
