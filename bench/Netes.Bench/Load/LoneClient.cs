using System.Text;
using Netes.Client;

namespace Netes.Bench.Load;

/// <summary>
/// One request after the other on one connection. Head and body are two writes, as client-go's are.
/// </summary>
internal sealed class LoneClient(HttpTransportOptions options) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2);

    private readonly FrameConnection _connection = new(options);
    private int _nextStream = 1;

    /// <summary>Creates; any other answer than success is the end of the measure.</summary>
    public void Post(string path, ReadOnlySpan<byte> body)
    {
        int stream = _nextStream;
        _nextStream += 2;
        _connection.Send(
            FrameConnection.Headers, FrameConnection.EndHeaders, stream, _connection.Head(path, body.Length));
        _connection.Send(FrameConnection.Data, FrameConnection.EndStream, stream, body);
        Await();
        bool? isSuccess = null;
        var text = new StringBuilder();
        while (true)
        {
            Frame frame = _connection.Receive();
            if (frame.Kind == FrameConnection.Headers)
            {
                isSuccess ??= FrameConnection.IsSuccess(frame.Payload);
            }
            else if (isSuccess is not true)
            {
                text.Append(Encoding.UTF8.GetString(frame.Payload));
            }

            if (frame.Stream == stream && frame.IsLast)
            {
                if (isSuccess is not true)
                {
                    throw new InvalidOperationException($"POST {path}: {text}");
                }

                return;
            }
        }
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>
    /// Looks for the answer instead of sleeping: a core that sleeps takes longer to wake than an answer to come, and
    /// the server's threads would wait for it.
    /// </summary>
    private void Await()
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!_connection.HasInput && TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            Thread.SpinWait(20);
        }
    }
}
