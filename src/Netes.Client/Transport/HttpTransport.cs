using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Netes.Client;

/// <summary>
/// Requests over HTTPS: HTTP/2 where the server speaks it, a pinned authority, a client certificate or a bearer token.
/// A dead connection is found within 45 seconds by pings, as client-go does.
/// Source: client-go transport/transport.go, apimachinery pkg/util/net/http.go.
/// </summary>
public sealed class HttpTransport : IApiTransport, IDisposable
{
    private readonly HttpTransportOptions _options;
    private readonly TokenFile? _tokenFile;
    private readonly HttpMessageInvoker _invoker;

    public HttpTransport(HttpTransportOptions options)
    {
        _options = options;
        _tokenFile = options.BearerTokenFile.Length == 0 ? null : new TokenFile(options.BearerTokenFile);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = 1024 * 1024,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionLifetime = TimeSpan.FromMinutes(30),
            UseCookies = false,
            UseProxy = false,
            SslOptions = CreateSslOptions(options),
        };
        _invoker = new HttpMessageInvoker(handler, disposeHandler: true);
    }

    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
    {
        using var message = CreateMessage(request);
        if (_tokenFile is not null)
        {
            var token = await _tokenFile.ReadAsync(cancel);
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        var response = await CountedAsync(request, message, cancel);
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancel);
            var contentType = response.Content.Headers.ContentType?.MediaType ?? "";
            return new ApiResponse((int)response.StatusCode, contentType, body, response)
            {
                RetryAfter = response.Headers.RetryAfter?.Delta,
            };
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    public void Dispose() => _invoker.Dispose();

    private async Task<HttpResponseMessage> CountedAsync(
        ApiRequest request, HttpRequestMessage message, CancellationToken cancel)
    {
        if (_options.Metrics is not { } metrics)
        {
            return await _invoker.SendAsync(message, cancel);
        }

        var began = metrics.Begin();
        int? code = null;
        try
        {
            var response = await _invoker.SendAsync(message, cancel);
            code = (int)response.StatusCode;
            return response;
        }
        finally
        {
            metrics.Answered(request, _options.Server.Authority, began, code);
        }
    }

    private HttpRequestMessage CreateMessage(ApiRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_options.Server, request.PathAndQuery))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        if (_options.BearerToken.Length > 0)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.BearerToken);
        }

        if (_options.TlsServerName.Length > 0)
        {
            // .NET verifies the certificate against the Host header where there is one, whatever SslOptions say.
            message.Headers.Host = _options.TlsServerName;
        }

        if (!request.Body.IsEmpty)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        return message;
    }

    /// <summary>What of the options is said to TLS; the name of the server goes with each request.</summary>
    public static SslClientAuthenticationOptions CreateSslOptions(HttpTransportOptions options)
    {
        var ssl = new SslClientAuthenticationOptions();
        if (options.ClientCertificate is { } clientCertificate)
        {
            ssl.LocalCertificateSelectionCallback = (_, _, _, _, _) => clientCertificate()!;
        }

        if (options.InsecureSkipTlsVerify)
        {
            ssl.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }
        else if (options.Authorities is { } authorities)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(authorities);
            ssl.CertificateChainPolicy = policy;
        }

        return ssl;
    }
}
