using Microsoft.Win32.SafeHandles;

namespace Netes.Cli.Clusters.Images;

/// <summary>A part of a file, read by position: several may be read at once.</summary>
internal sealed class ArchivePart(SafeFileHandle file, long offset, long length) : Stream
{
    private long position;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;

    public override long Position
    {
        get => position;
        set => position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        var part = buffer[..(int)Math.Min(buffer.Length, length - position)];
        var count = RandomAccess.Read(file, part, offset + position);
        position += count;
        return count;
    }

    public override int Read(byte[] buffer, int start, int count) => Read(buffer.AsSpan(start, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var part = buffer[..(int)Math.Min(buffer.Length, length - position)];
        var count = await RandomAccess.ReadAsync(file, part, offset + position, cancellationToken);
        position += count;
        return count;
    }

    public override long Seek(long to, SeekOrigin origin) => position = origin switch
    {
        SeekOrigin.Begin => to,
        SeekOrigin.Current => position + to,
        _ => length + to,
    };

    public override void Flush() => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int start, int count) => throw new NotSupportedException();
}
