using System.Text;

namespace Netes.Simulation.World;

/// <summary>The events of a watch on their way: some are late, some come twice, and some watches break off.</summary>
internal sealed class WatchStream(Stream inner, Faults faults) : Stream
{
    private readonly byte[] _chunk = new byte[16 * 1024];
    private readonly MemoryStream _line = new();
    private readonly Queue<ReadOnlyMemory<byte>> _out = new();

    /// <summary>What is heard of an event, or null: it is lost. Only for what is broken on purpose.</summary>
    public Func<string, string?>? Hears { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_out.Count == 0)
        {
            var read = await inner.ReadAsync(_chunk, cancellationToken);
            if (read == 0)
            {
                return 0;
            }

            if (faults.BreaksWatch())
            {
                throw new IOException("connection reset");
            }

            await faults.TravelAsync(cancellationToken);
            Take(_chunk.AsSpan(0, read));
        }

        var next = _out.Peek();
        var count = Math.Min(buffer.Length, next.Length);
        next[..count].CopyTo(buffer);
        _out.Dequeue();
        if (count < next.Length)
        {
            PutBack(next[count..]);
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void PutBack(ReadOnlyMemory<byte> rest)
    {
        ReadOnlyMemory<byte>[] later = [.. _out];
        _out.Clear();
        _out.Enqueue(rest);
        foreach (var line in later)
        {
            _out.Enqueue(line);
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            _line.Write(bytes[..(end + 1)]);
            bytes = bytes[(end + 1)..];
            ReadOnlyMemory<byte> line = _line.ToArray();
            _line.SetLength(0);
            if (Hears is not null)
            {
                if (Hears(Encoding.UTF8.GetString(line.Span)) is not { } heard)
                {
                    continue;
                }

                line = Encoding.UTF8.GetBytes(heard);
            }

            _out.Enqueue(line);
            if (faults.Repeats())
            {
                _out.Enqueue(line);
            }
        }

        _line.Write(bytes);
    }
}
