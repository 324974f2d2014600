using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Netes.Nodes.Server;

/// <summary>
/// Joins a client's upgraded connection (SPDY or WebSocket) with the runtime's streaming server: the request's head is
/// sent on, the answer's head back, and from then on bytes pass in both directions untouched.
/// Source: pkg/kubelet/server/server.go (proxyStream), apimachinery/pkg/util/proxy/upgradeaware.go.
/// </summary>
internal sealed class StreamProxy(Dial dial)
{
    private const int HeadLimit = 16 * 1024;
    private const int BufferBytes = 32 * 1024;

    public async Task RunAsync(HttpContext context, string url, CancellationToken cancel)
    {
        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        if (upgrade is not { IsUpgradableRequest: true })
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("Upgrade request required", cancel);
            return;
        }

        var target = new Uri(url);
        await using var backend = await dial(EndPointOf(target), cancel);
        await backend.WriteAsync(RequestHead(context.Request, target), cancel);
        var (head, rest) = await ReadHeadAsync(backend, cancel);
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        CopyHeaders(lines, context.Response, status == StatusCodes.Status101SwitchingProtocols);
        if (status != StatusCodes.Status101SwitchingProtocols)
        {
            context.Response.StatusCode = status;
            await context.Response.Body.WriteAsync(rest, cancel);
            await backend.CopyToAsync(context.Response.Body, BufferBytes, cancel);
            return;
        }

        await using var client = await upgrade.UpgradeAsync();
        await client.WriteAsync(rest, cancel);
        await client.FlushAsync(cancel);
        await JoinAsync(client, backend, cancel);
    }

    private static EndPoint EndPointOf(Uri target) => IPAddress.TryParse(target.Host.Trim('[', ']'), out var address)
        ? new IPEndPoint(address, target.Port) : new DnsEndPoint(target.Host, target.Port);

    private static byte[] RequestHead(HttpRequest request, Uri target)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{request.Method} {target.PathAndQuery} HTTP/1.1\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Host: {target.Authority}\r\n");
        foreach (var (name, values) in request.Headers)
        {
            if (IsForRuntime(name))
            {
                foreach (var value in values)
                {
                    head.Append(name).Append(": ").Append(value).Append("\r\n");
                }
            }
        }

        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }

    // Nothing else of a request is the runtime's business, credentials least of all.
    private static bool IsForRuntime(string name) =>
        name.Equals("Connection", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Upgrade", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("X-Stream-Protocol-Version", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Sec-WebSocket-", StringComparison.OrdinalIgnoreCase);

    private static void CopyHeaders(string[] lines, HttpResponse response, bool upgraded)
    {
        foreach (var line in lines[1..])
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? "" : line[..colon];
            if (upgraded ? IsForRuntime(name) && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
                : name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                response.Headers.Append(name, line[(colon + 1)..].Trim());
            }
        }
    }

    /// <summary>The answer's head, and what came with it of what follows.</summary>
    private static async Task<(string Head, ReadOnlyMemory<byte> More)> ReadHeadAsync(
        Stream stream, CancellationToken cancel)
    {
        var buffer = new byte[HeadLimit];
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancel);
            if (read == 0)
            {
                throw new IOException("the runtime's streaming server closed the connection");
            }

            filled += read;
            var end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                return (Encoding.ASCII.GetString(buffer, 0, end), buffer.AsMemory((end + 4)..filled));
            }
        }

        throw new IOException("the answer of the runtime's streaming server has no end of its head");
    }

    private static async Task JoinAsync(Stream client, Stream backend, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var there = CopyAsync(client, backend, stop.Token);
        var back = CopyAsync(backend, client, stop.Token);
        await Task.WhenAny(there, back);
        stop.Cancel();
        await Task.WhenAll(there, back);
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken cancel)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReadAsync(buffer, cancel) is > 0 and var read)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), cancel);
                await to.FlushAsync(cancel);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException
            or Microsoft.AspNetCore.Connections.ConnectionAbortedException)
        {
            return; // either side may leave at any time
        }
    }
}
