using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Netes.ApiServer.Http;

/// <summary>
/// Between HTTP and TLS: what is flushed shortly after another flush goes out together with what comes meanwhile.
/// Kestrel flushes for each stream of HTTP/2, and each flush is a record of TLS and a call of the kernel: with a
/// thousand watches of one change that is most of the work. A flush after a pause goes out at once, on its own thread.
/// </summary>
internal sealed class GatheredOutput : PipeScheduler, IDuplexPipe
{
    /// <summary>Flushes as near as this to the last one are gathered.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromMicroseconds(200);

    private const int PauseBytes = 128 << 10;

    private readonly IDuplexPipe _transport;
    private readonly Pipe _pipe;
    private long _lastFlush;

    private GatheredOutput(IDuplexPipe transport, MemoryPool<byte> pool)
    {
        _transport = transport;
        _pipe = new(new(pool, this, PipeScheduler.ThreadPool, PauseBytes, PauseBytes / 2,
            useSynchronizationContext: false));
    }

    public PipeReader Input => _transport.Input;

    public PipeWriter Output => _pipe.Writer;

    /// <summary>The connection's middleware.</summary>
    public static ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        var transport = connection.Transport;
        var pool = connection.Features.Get<IMemoryPoolFeature>()?.MemoryPool ?? MemoryPool<byte>.Shared;
        var gathered = new GatheredOutput(transport, pool);
        var pumping = gathered.PumpAsync();
        connection.Transport = gathered;
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
            await gathered._pipe.Writer.CompleteAsync();
            await pumping;
        }
    };

    /// <summary>Called where a flush finds the pump waiting: it goes on here and now, or with others.</summary>
    public override void Schedule(Action<object?> action, object? state)
    {
        var now = TimeProvider.System.GetTimestamp();
        var last = Interlocked.Exchange(ref _lastFlush, now);
        if (TimeProvider.System.GetElapsedTime(last, now) > Burst)
        {
            action(state);
        }
        else
        {
            System.Threading.ThreadPool.UnsafeQueueUserWorkItem(action, state, preferLocal: false);
        }
    }

    private async Task PumpAsync()
    {
        var reader = _pipe.Reader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(CancellationToken.None);
                foreach (var piece in read.Buffer)
                {
                    _transport.Output.Write(piece.Span);
                }

                reader.AdvanceTo(read.Buffer.End);
                var flushed = await _transport.Output.FlushAsync(CancellationToken.None);
                if (read.IsCompleted || flushed.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (
            exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection broke: whoever writes learns it from the pipe, which ends here.
            return;
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }
}
