using System.Runtime.CompilerServices;

namespace Netes.Client;

/// <summary>Cuts the stream of a watch into its events, one JSON object per line.</summary>
internal static class WatchLines
{
    // An event holds one object: what the store accepts (1.5 MiB) with the slack of escaping and managed fields.
    private const int MaxLineBytes = 16 * 1024 * 1024;

    /// <summary>The lines; each is valid until the next one is asked for.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        var (start, end) = (0, 0);
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                if (length > 0)
                {
                    yield return buffer.AsMemory(start, length);
                }

                start += length + 1;
                continue;
            }

            (buffer, start, end) = MakeRoom(buffer, start, end);
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancel);
            if (read == 0)
            {
                if (end > start)
                {
                    yield return buffer.AsMemory(start, end - start);
                }

                yield break;
            }

            end += read;
        }
    }

    private static (byte[] Buffer, int Start, int End) MakeRoom(byte[] buffer, int start, int end)
    {
        var pending = end - start;
        if (pending > MaxLineBytes)
        {
            throw new InvalidDataException($"a watch event is longer than {MaxLineBytes} bytes");
        }

        // The lines handed out so far are done with, so what is pending may move to the front.
        var target = pending * 2 > buffer.Length ? new byte[buffer.Length * 2] : buffer;
        buffer.AsSpan(start, pending).CopyTo(target);
        return (target, 0, pending);
    }
}
