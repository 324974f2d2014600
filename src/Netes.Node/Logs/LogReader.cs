using System.Buffers;

namespace Netes.Nodes.Logs;

/// <summary>
/// Copies a container's log to a stream, and, when it is followed, what is written from then on until the container
/// ends. Source: pkg/kubelet/kuberuntime/logs/logs.go (ReadLogs).
/// </summary>
public sealed class LogReader(TimeProvider time)
{
    private const int BufferBytes = 64 * 1024;
    private const int LineLimit = 1024 * 1024;

    /// <summary>The kernel tells of changes; this is how long a lost notice can delay a line.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <param name="path">The log file; it may be rotated while it is followed.</param>
    /// <param name="isRunning">Whether the container may still write.</param>
    public async Task CopyAsync(
        string path, LogReadOptions options, Func<CancellationToken, Task<bool>> isRunning, Stream target,
        CancellationToken cancel)
    {
        var sink = new LineSink(options, target);
        using var changes = options.Follow ? new FileChanges(path, time) : null;
        var file = Open(path);
        try
        {
            file.Position = options.TailLines is { } lines ? TailStart(file, lines) : 0;
            while (true)
            {
                // Asked before the reading: what was written until the end is read.
                var running = options.Follow && await isRunning(cancel);
                var more = await CopyToEndAsync(file, sink, cancel);
                if (!more || !running)
                {
                    await sink.FinishAsync(cancel);
                    return;
                }

                await target.FlushAsync(cancel);
                if (IsRotated(path, file))
                {
                    await CopyToEndAsync(file, sink, cancel);
                    await file.DisposeAsync();
                    file = Open(path);
                    continue;
                }

                await changes!.WaitAsync(LongestWait, cancel);
            }
        }
        finally
        {
            await file.DisposeAsync();
        }
    }

    private static FileStream Open(string path) => new(
        path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1,
        FileOptions.SequentialScan);

    // A rotated file was renamed: the path leads to another one.
    private static bool IsRotated(string path, FileStream file) => FileIdentity.Of(path) is { } now
        && now != FileIdentity.Of($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}");

    /// <summary>Where the last <paramref name="lines"/> lines begin.</summary>
    internal static long TailStart(FileStream file, long lines)
    {
        if (lines <= 0)
        {
            return file.Length;
        }

        var buffer = new byte[BufferBytes];
        var end = file.Length;
        var left = lines + 1; // the last line ends with a line feed, too
        while (end > 0)
        {
            var start = Math.Max(0, end - buffer.Length);
            file.Position = start;
            var count = (int)(end - start);
            file.ReadExactly(buffer, 0, count);
            for (var i = count - 1; i >= 0; i--)
            {
                if (buffer[i] == (byte)'\n' && --left == 0)
                {
                    return start + i + 1;
                }
            }

            end = start;
        }

        return 0;
    }

    /// <summary>Copies whole lines; false when the sink has all that was asked for.</summary>
    private static async Task<bool> CopyToEndAsync(FileStream file, LineSink sink, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var filled = 0;
            while (true)
            {
                var read = await file.ReadAsync(buffer.AsMemory(filled), cancel);
                if (read == 0)
                {
                    file.Position -= filled; // the line is not complete yet
                    return true;
                }

                filled += read;
                var used = buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
                if (used > 0 && !await sink.WriteAsync(buffer.AsMemory(0, used), cancel))
                {
                    return false;
                }

                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
                if (filled == buffer.Length)
                {
                    buffer = Grow(buffer);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        if (buffer.Length > LineLimit)
        {
            throw new InvalidDataException($"a line of a log is longer than {LineLimit} bytes");
        }

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
