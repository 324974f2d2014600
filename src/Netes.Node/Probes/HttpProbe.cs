using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Netes.Api.Core;

namespace Netes.Nodes.Probes;

/// <summary>
/// An HTTP GET that succeeds with 200 to 399. Source: pkg/probe/http/http.go, pkg/probe/http/request.go.
/// </summary>
internal static class HttpProbe
{
    private const int BodyLimit = 10 * 1024;
    private const int RedirectLimit = 10;

    public static async Task<ProbeResult> RunAsync(
        HTTPGetAction action, Container container, string podAddress, Dial dial, CancellationToken cancel)
    {
        var host = action.Host.Length > 0 ? action.Host : podAddress;
        var scheme = action.Scheme == URIScheme.HTTPS ? "https" : "http";
        var port = ProbePorts.Resolve(action.Port, container);
        var url = Url(scheme, host, port, action.Path);
        using var client = Client(dial);
        try
        {
            for (var hop = 0; ; hop++)
            {
                using var request = Request(action, url);
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
                var code = (int)response.StatusCode;
                if (code is >= 300 and < 400 && response.Headers.Location is { } next)
                {
                    next = new Uri(url, next);
                    if (next.Host != url.Host)
                    {
                        var body = await BodyAsync(response, cancel);
                        return ProbeResult.Warning($"Probe terminated redirects, Response body: {body}");
                    }

                    if (hop == RedirectLimit)
                    {
                        return ProbeResult.Failure($"Get \"{next}\": stopped after 10 redirects");
                    }

                    url = next;
                    continue;
                }

                return code is >= 200 and < 400 ? ProbeResult.Success
                    : ProbeResult.Failure(
                        $"HTTP probe failed with statuscode: {code.ToString(CultureInfo.InvariantCulture)}");
            }
        }
        catch (HttpRequestException error)
        {
            return ProbeResult.Failure($"Get \"{url}\": {Explain(error, url)}");
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ProbeResult.Failure(
                $"Get \"{url}\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
        }
    }

    private static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[BodyLimit];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }

    public static string Explain(Exception error, Uri url)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
            {
                return SocketErrors.Explain(socket, url.Host, url.Port);
            }
        }

        return error.Message;
    }

    private static HttpClient Client(Dial dial)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseDrainSize = BodyLimit,
            ConnectCallback = (context, cancel) => dial(context.DnsEndPoint.Host is var host
                && IPAddress.TryParse(host, out var address)
                    ? new IPEndPoint(address, context.DnsEndPoint.Port) : context.DnsEndPoint, cancel),
            // A probe asks whether the container answers, not who it is.
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            },
        };
        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static HttpRequestMessage Request(HTTPGetAction action, Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.ConnectionClose = true;
        request.Headers.TryAddWithoutValidation("User-Agent", "kube-probe/1.36");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        foreach (var header in action.HTTPHeaders)
        {
            request.Headers.Remove(header.Name);
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        return request;
    }

    private static Uri Url(string scheme, string host, int port, string path)
    {
        var bracketed = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        var rooted = path.StartsWith('/') ? path : "/" + path;
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"{scheme}://{bracketed}:{port}{rooted}"));
    }
}
