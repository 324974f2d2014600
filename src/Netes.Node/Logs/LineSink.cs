using System.Text;

namespace Netes.Nodes.Logs;

/// <summary>Writes what is wanted of log lines.</summary>
internal sealed class LineSink(LogReadOptions options, Stream target)
{
    private readonly byte[] stream = Encoding.ASCII.GetBytes(options.Stream);
    private readonly MemoryStream output = new();
    private long left = options.LimitBytes ?? long.MaxValue;
    private bool inLine;

    /// <summary>Takes whole lines; false when the limit is reached.</summary>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancel)
    {
        output.SetLength(0);
        Convert(lines.Span);
        var count = (int)Math.Min(output.Length, left);
        left -= count;
        await target.WriteAsync(output.GetBuffer().AsMemory(0, count), cancel);
        return left > 0;
    }

    public async ValueTask FinishAsync(CancellationToken cancel) => await target.FlushAsync(cancel);

    private void Convert(ReadOnlySpan<byte> lines)
    {
        while (lines.IndexOf((byte)'\n') is >= 0 and var end)
        {
            if (LogLine.TryParse(lines[..end], out var line) && IsWanted(line))
            {
                if (options.Timestamps && !inLine)
                {
                    output.Write(line.Time);
                    output.WriteByte((byte)' ');
                }

                output.Write(line.Content);
                inLine = line.IsPartial;
                if (!line.IsPartial)
                {
                    output.WriteByte((byte)'\n');
                }
            }

            lines = lines[(end + 1)..];
        }
    }

    private bool IsWanted(LogLine line) =>
        (stream.Length == 0 || line.Stream.SequenceEqual(stream))
        && (options.Since is not { } since || line.IsSince(since));
}
