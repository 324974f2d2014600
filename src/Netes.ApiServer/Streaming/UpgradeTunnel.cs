using System.Globalization;
using System.Text;
using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ApiServer.Streaming;

/// <summary>
/// A connection that changes its protocol: the request's head is replayed to the target; after its 101, and only then,
/// bytes go both ways. Any other answer is relayed and both connections end.
/// </summary>
internal static class UpgradeTunnel
{
    private const int MaxHeadBytes = 64 * 1024;
    private const int MaxErrorBytes = 64 * 1024;

    public static async Task<ApiResult> OpenAsync(
        KubeletConnector connector, ApiCall call, ProxyTarget target, CancellationToken cancel)
    {
        var backend = await connector.ConnectAsync(target, cancel);
        try
        {
            await backend.WriteAsync(Head(call, target), cancel);
            await backend.FlushAsync(cancel);
            var (head, rest) = await ReadHeadAsync(backend, cancel);
            var answer = ResponseHead.Parse(head);
            if (answer.StatusCode != 101)
            {
                var result = await RelayAsync(backend, answer, rest, cancel);
                await backend.DisposeAsync();
                return result;
            }

            var switched = new ApiResult
            {
                StatusCode = 101,
                Body = new ApiResultBody.Upgraded((client, stop) => PumpAsync(client, backend, rest, stop)),
            };
            foreach (var (name, value) in answer.Headers)
            {
                if (!name.Equals("Connection", StringComparison.OrdinalIgnoreCase))
                {
                    switched.Headers.Add(name, value);
                }
            }

            return switched;
        }
        catch
        {
            await backend.DisposeAsync();
            throw;
        }
    }

    private static byte[] Head(ApiCall call, ProxyTarget target)
    {
        var head = new StringBuilder();
        head.Append(call.Method).Append(' ').Append(target.PathAndQuery).Append(" HTTP/1.1\r\n");
        head.Append("Host: ").Append(target.Authority).Append("\r\n");
        head.Append("Connection: Upgrade\r\nUpgrade: ").Append(call.Upgrade).Append("\r\n");
        foreach (var (name, value) in call.Headers.All)
        {
            if (!HttpProxy.IsKept(name) && !IsToken(name, value)
                && !(target.Peer is not null && ProxyPeer.Replaces(name)))
            {
                head.Append(name).Append(": ").Append(value).Append("\r\n");
            }
        }

        foreach (var (name, value) in target.Peer?.Headers ?? [])
        {
            head.Append(name).Append(": ").Append(RepeatedHeader.OneLine(value)).Append("\r\n");
        }

        head.Append(call.Method is "POST" or "PUT" ? "Content-Length: 0\r\n\r\n" : "\r\n");
        return Encoding.UTF8.GetBytes(head.ToString());
    }

    // A bearer token may hide among the protocols a browser offers; it is for this server only.
    private static bool IsToken(string name, string value) =>
        name.Equals("Sec-WebSocket-Protocol", StringComparison.OrdinalIgnoreCase)
        && value.TrimStart().StartsWith("base64url.bearer.authorization.k8s.io.", StringComparison.Ordinal)
        && !value.Contains(',', StringComparison.Ordinal);

    private static async Task<(string Head, byte[] Body)> ReadHeadAsync(Stream backend, CancellationToken cancel)
    {
        var buffer = new byte[MaxHeadBytes];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await backend.ReadAsync(buffer.AsMemory(length), cancel);
            if (read == 0)
            {
                break;
            }

            length += read;
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                return (Encoding.Latin1.GetString(buffer, 0, end), buffer[(end + 4)..length]);
            }
        }

        throw ApiErrors.Internal("error dialing backend: the answer to the upgrade was not understood");
    }

    private static async Task<ApiResult> RelayAsync(
        Stream backend, ResponseHead answer, byte[] rest, CancellationToken cancel)
    {
        var body = new MemoryStream();
        body.Write(rest);
        var wanted = long.TryParse(answer["Content-Length"], CultureInfo.InvariantCulture, out var length)
            ? Math.Min(length, MaxErrorBytes)
            : 0;
        var buffer = new byte[4096];
        while (body.Length < wanted)
        {
            var read = await backend.ReadAsync(buffer, cancel);
            if (read == 0)
            {
                break;
            }

            body.Write(buffer, 0, read);
        }

        // What the client sends after a refusal is for nobody.
        var result = BackendErrors.Answer(answer.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
        result.Headers.Add("Connection", "close");
        return result;
    }

    private static async Task PumpAsync(Stream client, Stream backend, byte[] first, CancellationToken cancel)
    {
        await using (backend)
        {
            await client.WriteAsync(first, cancel);
            await client.FlushAsync(cancel);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var up = CopyAsync(client, backend, stop.Token);
            var down = CopyAsync(backend, client, stop.Token);

            // Neither SPDY nor WebSocket has half-open connections: when one side is done, so is the other.
            await Task.WhenAny(up, down);
            await stop.CancelAsync();
            await backend.DisposeAsync();
            await Task.WhenAll(up, down);
        }
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken cancel)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, cancel)) > 0)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), cancel);
                await to.FlushAsync(cancel);
            }
        }
        catch (Exception exception) when (exception
            is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection ended under the copy: that is how such connections end.
            return;
        }
    }
}
