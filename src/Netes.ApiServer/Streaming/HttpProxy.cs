using System.IO.Pipelines;
using System.Net;
using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ApiServer.Streaming;

/// <summary>
/// Carries a request on and its answer back, as they come. An upgraded connection becomes raw bytes, but only after the
/// other side has agreed to it (CVE-2018-1002105). Source: apimachinery pkg/util/proxy/upgradeaware.go.
/// </summary>
internal sealed class HttpProxy
{
    private static readonly HashSet<string> NotForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Connection", "Content-Length", "Host", "Keep-Alive", "Proxy-Authenticate",
        "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Impersonate-User",
        "Impersonate-Group", "Impersonate-Uid", "Expect",
    };

    private readonly KubeletConnector _connector;
    private readonly HttpMessageInvoker _client;

    /// <param name="connector">Makes connections.</param>
    /// <param name="neighbors">Answers in place of connections; null: they are made.</param>
    public HttpProxy(KubeletConnector connector, HttpMessageHandler? neighbors)
    {
        _connector = connector;
        _client = new(neighbors ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = 1000,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            // As Go: names of users are UTF-8.
            RequestHeaderEncodingSelector = static (name, _) =>
                ProxyPeer.Replaces(name) ? new RepeatedHeader(name) : System.Text.Encoding.UTF8,
            ConnectCallback = Connect,
        }, disposeHandler: false);
    }

    /// <summary>The answer of the target; upgrades are passed through.</summary>
    public async Task<ApiResult> ForwardAsync(RequestContext request, ProxyTarget target, CancellationToken cancel)
    {
        if (request.Call.Upgrade.Length > 0)
        {
            return await UpgradeTunnel.OpenAsync(_connector, request.Call, target, cancel);
        }

        return Answer(await SendAsync(request.Call, target, cancel));
    }

    /// <summary>The target's answer as it comes; who gets it disposes of it.</summary>
    public async Task<HttpResponseMessage> SendAsync(ApiCall call, ProxyTarget target, CancellationToken cancel)
    {
        using var message = Message(call, target);
        try
        {
            return await _client.SendAsync(message, cancel);
        }
        catch (HttpRequestException exception)
        {
            throw exception.InnerException as ApiException
                ?? ApiErrors.ServiceUnavailable($"error trying to reach service: {exception.Message}");
        }
    }

    /// <summary>Whether a header must not be carried on.</summary>
    public static bool IsKept(string name) =>
        NotForwarded.Contains(name) || name.StartsWith("Impersonate-Extra-", StringComparison.OrdinalIgnoreCase);

    // TLS is done here, so that the client's certificate and the trust are those of the target.
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        context.InitialRequestMessage.Options.TryGetValue(TargetKey, out var target);
        return await _connector.ConnectAsync(target!, cancel);
    }

    private static readonly HttpRequestOptionsKey<ProxyTarget> TargetKey = new("netes.target");

    private static HttpRequestMessage Message(ApiCall call, ProxyTarget target)
    {
        // The scheme is http: encryption, where there is any, is inside the connection that Connect makes. Kubelets
        // have a host of their own in the pool, so that their connections are never used for anything else.
        var label = target.Host.Replace(':', '-');
        var host = target.Peer is { } peer ? peer.Pool
            : target.IsKubelet ? $"kubelet-{label}"
            : target.IsSecure ? $"tls-{label}" : "";
        var uri = host.Length == 0 ? target.Uri : new Uri($"http://{host}:{target.Port}{target.PathAndQuery}");
        var message = new HttpRequestMessage(new HttpMethod(call.Method), uri)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Options.Set(TargetKey, target);
        if (call.Method is not ("GET" or "HEAD" or "OPTIONS") || call.Headers["Content-Length"] is not ("" or "0"))
        {
            message.Content = new StreamContent(call.Body.OpenRead());
            if (long.TryParse(call.Headers["Content-Length"], out var length))
            {
                message.Content.Headers.ContentLength = length;
            }
        }

        foreach (var (name, value) in call.Headers.All)
        {
            if (!IsKept(name) && !(target.Peer is not null && ProxyPeer.Replaces(name))
                && !message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        foreach (var header in (target.Peer?.Headers ?? []).GroupBy(
            static header => header.Key, StringComparer.Ordinal))
        {
            message.Headers.TryAddWithoutValidation(
                header.Key, RepeatedHeader.Join(header.Select(static one => one.Value)));
        }

        message.Headers.Host = target.Authority;
        if (call.RemoteAddress is { } remote)
        {
            message.Headers.TryAddWithoutValidation("X-Forwarded-For", remote.ToString());
        }

        return message;
    }

    private static ApiResult Answer(HttpResponseMessage response)
    {
        var result = new ApiResult
        {
            StatusCode = (int)response.StatusCode,
            ContentType = response.Content.Headers.ContentType?.ToString() ?? "",
            Body = new ApiResultBody.Stream((output, cancel) => CopyAsync(response, output, cancel)),
        };
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            foreach (var value in values.Where(_ => !IsKept(name) && name != "Content-Type"))
            {
                result.Headers.Add(name, value);
            }
        }

        return result;
    }

    private static async Task CopyAsync(HttpResponseMessage response, PipeWriter output, CancellationToken cancel)
    {
        using (response)
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            while (true)
            {
                var read = await body.ReadAsync(output.GetMemory(16 * 1024), cancel);
                if (read == 0)
                {
                    return;
                }

                output.Advance(read);
                if ((await output.FlushAsync(cancel)).IsCompleted)
                {
                    return;
                }
            }
        }
    }
}
