namespace Netes.Nodes.Plugins;

/// <summary>A connection that says when it ends, from whichever side.</summary>
internal sealed class WatchedStream : Stream
{
    private readonly Stream inner;
    private readonly Action ended;
    private int isOver;

    public WatchedStream(Stream inner, Action opened, Action ended)
    {
        (this.inner, this.ended) = (inner, ended);
        opened();
    }

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = 0;
        try
        {
            count = await inner.ReadAsync(buffer, cancellationToken);
            return count;
        }
        finally
        {
            if (count == 0 && !buffer.IsEmpty)
            {
                End();
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            End();
        }

        base.Dispose(disposing);
    }

    private void End()
    {
        if (Interlocked.Exchange(ref isOver, 1) == 0)
        {
            ended();
        }
    }
}
