using System.Text;
using Netes.Client;

namespace Netes.Bench.Load;

/// <summary>
/// Many watches on one connection, of which one thread counts the events. As many connections as the load has are
/// enough for any number of them.
/// </summary>
internal sealed class WatchCounter : IDisposable
{
    private readonly FrameConnection _connection;
    private readonly string _path;
    private readonly int[] _seen;
    private readonly int _events;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WatchCounter(HttpTransportOptions options, string path, int watches, int events)
    {
        (_connection, _path, _seen, _events) = (new(options), path, new int[watches], events);
        Counted = Task.Factory.StartNew(Run, TaskCreationOptions.LongRunning);
    }

    /// <summary>Ends when each watch was told so many events; faults when one was told more, or has ended.</summary>
    public Task Counted { get; }

    /// <summary>Opens so many watches on a few connections; all of them are answered when it ends.</summary>
    public static async Task<WatchCounter[]> OpenAsync(
        HttpTransportOptions options, string path, int watches, int events)
    {
        const int Connections = ApiLoad.Connections;
        WatchCounter[] counters =
        [
            .. Enumerable.Range(0, Connections).Select(i =>
                new WatchCounter(options, path, (watches + i) / Connections, events)),
        ];
        foreach (WatchCounter counter in counters)
        {
            await (await Task.WhenAny(counter._opened.Task, counter.Counted));
        }

        return counters;
    }

    /// <summary>Its watches end; who waits for <see cref="Counted"/> sees that.</summary>
    public void Dispose() => _connection.Dispose();

    private void Run()
    {
        byte[] head = _connection.Head(_path, null);
        for (int i = 0; i < _seen.Length; i++)
        {
            _connection.Send(
                FrameConnection.Headers, FrameConnection.EndHeaders | FrameConnection.EndStream, (2 * i) + 1, head);
        }

        int opened = 0;
        for (int complete = 0; opened < _seen.Length || complete < _seen.Length;)
        {
            Frame frame = _connection.Receive();
            if (frame.Kind == FrameConnection.Headers && FrameConnection.IsSuccess(frame.Payload) && !frame.IsLast)
            {
                opened++;
                if (opened == _seen.Length)
                {
                    _opened.SetResult();
                }

                continue;
            }

            if (frame.Kind == FrameConnection.Headers || frame.IsLast)
            {
                throw new InvalidOperationException(
                    $"GET {_path}: a watch was refused or ended {Encoding.UTF8.GetString(frame.Payload)}");
            }

            ref int seen = ref _seen[frame.Stream / 2];
            int before = seen;
            seen += frame.Payload.Count((byte)'\n');
            if (seen > _events)
            {
                throw new InvalidOperationException($"GET {_path}: {seen} events instead of {_events}");
            }

            complete += before < _events && seen == _events ? 1 : 0;
        }
    }
}
