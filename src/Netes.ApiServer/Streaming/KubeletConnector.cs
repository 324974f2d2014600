using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Streaming;

/// <summary>
/// Connections to node agents and to what pods and services serve. Source: pkg/kubelet/client/kubelet_client.go.
/// </summary>
internal sealed class KubeletConnector(ApiServerOptions options, ObjectViews views)
{
    private const int DefaultPort = 10250;

    private static readonly string[] AddressOrder = ["InternalIP", "ExternalIP", "Hostname"];
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The node's agent, or a failure in Kubernetes' words.</summary>
    public ProxyTarget Locate(string nodeName, string pathAndQuery)
    {
        var node = views.Get<Node>("", nodeName) ?? throw ApiErrors.NotFound("", "nodes", nodeName);
        var address = AddressOrder
            .Select(type => node.Status.Addresses.FirstOrDefault(address => address.Type == type)?.Address)
            .FirstOrDefault(static address => address is { Length: > 0 })
            ?? throw ApiErrors.Internal("no preferred addresses found; known addresses: []");
        var port = node.Status.DaemonEndpoints.KubeletEndpoint.Port;
        return new(address, port == 0 ? DefaultPort : port, true, pathAndQuery, IsKubelet: true);
    }

    /// <summary>A connection to the target, through TLS where it wants that.</summary>
    public async ValueTask<Stream> ConnectAsync(ProxyTarget target, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            timeout.CancelAfter(ConnectTimeout);
            await socket.ConnectAsync(target.Host, target.Port, timeout.Token);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (!target.IsSecure)
            {
                return stream;
            }

            var secure = new SslStream(stream);
            await secure.AuthenticateAsClientAsync(Tls(target), timeout.Token);
            return secure;
        }
        catch (Exception exception)
        {
            socket.Dispose();
            if (cancel.IsCancellationRequested || exception is not (SocketException or IOException
                or System.Security.Authentication.AuthenticationException or OperationCanceledException))
            {
                throw;
            }

            throw ApiErrors.Internal($"error dialing backend: dial tcp {target.Authority}: {Reason(exception)}");
        }
    }

    private static string Reason(Exception exception) => exception switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connect: connection refused",
        OperationCanceledException => "i/o timeout",
        _ => exception.Message,
    };

    private SslClientAuthenticationOptions Tls(ProxyTarget target)
    {
        if (target.Peer is { } peer)
        {
            return peer.Tls;
        }

        var tls = new SslClientAuthenticationOptions { TargetHost = target.Host };
        if (!target.IsKubelet || options.KubeletAuthorities is null)
        {
            // As Kubernetes: what pods serve, and kubelets when no authority is named, is not verified.
            tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        }
        else
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(options.KubeletAuthorities);
            tls.CertificateChainPolicy = policy;
        }

        if (target.IsKubelet && options.KubeletClientCertificate is { } certificate)
        {
            tls.ClientCertificates = [certificate];
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        return tls;
    }
}
