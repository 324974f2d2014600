using Grpc.Core;
using Grpc.Net.Client;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Plugins;

/// <summary>
/// gRPC to one socket of a plugin over one connection, which is never given up for being idle: that it ends is how a
/// plugin's end is known. Threads may share it.
/// </summary>
internal sealed class PluginEndpoint : IDisposable
{
    private const int MessageLimitBytes = 4 * 1024 * 1024;

    private readonly GrpcChannel channel;
    private readonly TimeProvider time;
    private readonly Action changed;
    private readonly Lock gate = new();
    private TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int open;

    /// <param name="changed">Told when the connection was made or has ended.</param>
    public PluginEndpoint(string path, TimeProvider time, Action changed)
    {
        (this.time, this.changed) = (time, changed);
        closed.SetResult();
        channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                UseProxy = false,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
                ConnectCallback = async (_, cancel) =>
                    new WatchedStream(await UnixSockets.ConnectAsync(path, cancel), Opened, Ended),
            },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MessageLimitBytes,
        });
        Calls = channel.CreateCallInvoker();
    }

    public CallInvoker Calls { get; }

    public bool IsOpen
    {
        get
        {
            lock (gate)
            {
                return open > 0;
            }
        }
    }

    /// <summary>Ends when there is no connection.</summary>
    public Task WhenClosedAsync(CancellationToken cancel)
    {
        lock (gate)
        {
            return closed.Task.WaitAsync(cancel);
        }
    }

    /// <summary>One call within a limit.</summary>
    /// <exception cref="RuntimeException">It failed, in gRPC's words.</exception>
    public async Task<T> CallAsync<T>(
        Func<CallInvoker, CallOptions, AsyncUnaryCall<T>> start, TimeSpan limit, CancellationToken cancel)
    {
        // The limit is the clock's that the agent was given, not gRPC's own.
        using var timeout = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            using var call = start(Calls, new CallOptions(cancellationToken: linked.Token));
            return await call.ResponseAsync;
        }
        catch (ObjectDisposedException error)
        {
            // The plugin went between the choice of it and the call.
            throw new RuntimeException(StatusCode.Unavailable, "the plugin is not registered any more", error);
        }
        catch (Exception error) when (error is RpcException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            throw timeout.IsCancellationRequested
                ? new RuntimeException(StatusCode.DeadlineExceeded, "context deadline exceeded", error)
                : Translate(error);
        }
    }

    public void Dispose() => channel.Dispose();

    private static RuntimeException Translate(Exception error) => error is RpcException rpc
        ? new RuntimeException(rpc.StatusCode, rpc.Status.Detail, rpc)
        : new RuntimeException(StatusCode.Cancelled, error.Message, error);

    private void Opened()
    {
        lock (gate)
        {
            if (open++ == 0)
            {
                closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        changed();
    }

    private void Ended()
    {
        lock (gate)
        {
            if (--open == 0)
            {
                closed.SetResult();
            }
        }

        changed();
    }
}
