using System.Buffers;
using System.Text.Json;

namespace Netes.Api;

/// <summary>
/// A JSON writer over its own buffer, kept per thread, so that writing an object allocates its bytes and nothing else.
/// A buffer that has grown beyond <see cref="MaxKept"/> is let go.
/// </summary>
internal sealed class JsonOutput : IDisposable
{
    private const int MaxKept = 256 * 1024;

    [ThreadStatic]
    private static JsonOutput? s_kept;

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    private JsonOutput() => Writer = new Utf8JsonWriter(_buffer, JsonCodec.WriterOptions);

    public Utf8JsonWriter Writer { get; }

    /// <summary>What is written; valid until this is disposed.</summary>
    public ReadOnlySpan<byte> Written
    {
        get
        {
            Writer.Flush();
            return _buffer.WrittenSpan;
        }
    }

    /// <summary>The thread's own output, or a new one while that is in use.</summary>
    public static JsonOutput Rent()
    {
        var output = s_kept ?? new JsonOutput();
        s_kept = null;
        return output;
    }

    public byte[] ToArray() => Written.ToArray();

    public void Dispose()
    {
        if (_buffer.Capacity <= MaxKept)
        {
            _buffer.ResetWrittenCount();
            Writer.Reset();
            s_kept = this;
        }
    }
}
