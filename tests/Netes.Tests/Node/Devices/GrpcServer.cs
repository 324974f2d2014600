using System.Buffers.Binary;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Netes.Tests.Node.Devices;

/// <summary>gRPC on a Unix socket: messages as they are on the wire, and nothing else.</summary>
internal sealed class GrpcServer : IAsyncDisposable
{
    private const int PrefixBytes = 5;

    private readonly Dictionary<string, Func<byte[], Func<IMessage, Task>, CancellationToken, Task>> _methods =
        new(StringComparer.Ordinal);

    private WebApplication? _app;

    /// <summary>A method of one message and one answer.</summary>
    public GrpcServer Answer<T>(string method, MessageParser<T> parser, Func<T, IMessage> answer)
        where T : IMessage<T> => Stream(method, (body, write, _) => write(answer(parser.ParseFrom(body))));

    /// <summary>A method that answers as often as it likes.</summary>
    public GrpcServer Stream(string method, Func<byte[], Func<IMessage, Task>, CancellationToken, Task> run)
    {
        _methods[method] = run;
        return this;
    }

    public async Task<GrpcServer> StartAsync(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(
            options => options.ListenUnixSocket(path, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(ServeAsync);
        await _app.StartAsync();
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is { } app)
        {
            // At once: who still listens is cut off, as when a process ends.
            using var now = new CancellationTokenSource(TimeSpan.Zero);
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        var (code, detail) = (StatusCode.OK, "");
        if (!_methods.TryGetValue(context.Request.Path, out var run))
        {
            (code, detail) = (StatusCode.Unimplemented, $"unknown method {context.Request.Path}");
        }
        else
        {
            try
            {
                await run(await ReadAsync(context), message => WriteAsync(context, message), context.RequestAborted);
            }
            catch (RpcException error)
            {
                (code, detail) = (error.StatusCode, error.Status.Detail);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                return;
            }
        }

        await context.Response.StartAsync();
        context.Response.AppendTrailer("grpc-status", ((int)code).ToString(provider: null));
        context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(detail));
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray()[PrefixBytes..];
    }

    private static async Task WriteAsync(HttpContext context, IMessage message)
    {
        var frame = new byte[PrefixBytes + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.CalculateSize());
        message.WriteTo(frame.AsSpan(PrefixBytes));
        await context.Response.Body.WriteAsync(frame, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
