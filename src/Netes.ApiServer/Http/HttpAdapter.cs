using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Netes.ApiServer.Http;

/// <summary>HTTP to calls and back: nothing is decided here.</summary>
internal sealed class HttpAdapter(Func<ApiCall, CancellationToken, Task<ApiResult>> handle)
{
    // Kestrel takes in 64 KiB before it waits for the client.
    private const int FlushBytes = 64 * 1024;

    private static readonly HashSet<string> Upgrades =
        new(StringComparer.OrdinalIgnoreCase) { "websocket", "SPDY/3.1" };

    public async Task HandleAsync(HttpContext http)
    {
        var cancel = http.RequestAborted;
        try
        {
            var result = await handle(Call(http), cancel);
            await WriteAsync(http, result, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The client went away: there is nobody to answer.
            http.Abort();
        }
        catch (IOException) when (http.Response.HasStarted)
        {
            http.Abort();
        }
    }

    private static ApiCall Call(HttpContext http)
    {
        var headers = new ApiHeaders();
        foreach (var (name, values) in http.Request.Headers)
        {
            foreach (var value in values)
            {
                headers.Add(name, value ?? "");
            }
        }

        return new()
        {
            Method = http.Request.Method,
            Path = http.Request.Path.Value is { Length: > 0 } path ? path : "/",
            Query = ApiQuery.Parse(http.Request.QueryString.Value ?? ""),
            Headers = headers,
            Body = new HttpBody(http.Request),
            RemoteAddress = http.Connection.RemoteIpAddress,
            ClientCertificate = http.Connection.ClientCertificate,
            Upgrade = Upgrade(http),
        };
    }

    private static string Upgrade(HttpContext http)
    {
        var asked = http.Request.Headers.Upgrade.ToString();
        return http.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest is true && Upgrades.Contains(asked)
            ? asked
            : "";
    }

    private static async Task WriteAsync(HttpContext http, ApiResult result, CancellationToken cancel)
    {
        var response = http.Response;
        response.StatusCode = result.StatusCode;
        foreach (var (name, value) in result.Headers.All)
        {
            response.Headers.Append(name, value);
        }

        if (!response.Headers.ContainsKey("Cache-Control"))
        {
            response.Headers.CacheControl = "no-cache, private";
        }

        if (result.ContentType.Length > 0)
        {
            response.ContentType = result.ContentType;
        }

        switch (result.Body)
        {
            case ApiResultBody.Segments segments:
                await WriteSegmentsAsync(http, segments, cancel);
                break;
            case ApiResultBody.Stream stream:
                // A watcher reads nothing for minutes and a slow one slowly: neither is an attack here.
                http.Features.Get<IHttpMinResponseDataRateFeature>()
                    ?.MinDataRate = null;
                await response.StartAsync(cancel);
                await response.BodyWriter.FlushAsync(cancel);
                await stream.WriteAsync(response.BodyWriter, cancel);
                break;
            case ApiResultBody.Upgraded upgraded:
                await using (var raw = await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync())
                {
                    await upgraded.RunAsync(raw, cancel);
                }

                break;
        }
    }

    private static async Task WriteSegmentsAsync(
        HttpContext http, ApiResultBody.Segments segments, CancellationToken cancel)
    {
        if (http.Response.StatusCode is not (204 or 304))
        {
            http.Response.ContentLength = segments.LengthBytes;
        }

        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        // Each flush is a frame and a record of TLS: parts go out together.
        var output = http.Response.BodyWriter;
        foreach (var part in segments.Parts)
        {
            for (var rest = part; rest.Length > 0;)
            {
                var piece = rest[..Math.Min(rest.Length, FlushBytes)];
                output.Write(piece.Span);
                rest = rest[piece.Length..];
                if (output.UnflushedBytes >= FlushBytes)
                {
                    await output.FlushAsync(cancel);
                }
            }
        }
    }
}
