using System.Buffers;

namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// What field management works in: kept per thread, so that a write allocates its object and nothing else. Not to be
/// held over an await.
/// </summary>
internal sealed class FieldScratch
{
    private const int MaxKept = 1 << 20;

    [ThreadStatic]
    private static FieldScratch? s_kept;

    /// <summary>The fields that a write added or modified.</summary>
    public FieldsWriter Changed { get; } = new();

    /// <summary>The fields that a write took away.</summary>
    public FieldsWriter Removed { get; } = new();

    /// <summary>Both of them.</summary>
    public FieldsWriter Lost { get; } = new();

    /// <summary>For results on the way.</summary>
    public FieldsWriter First { get; } = new();

    /// <summary>For results on the way.</summary>
    public FieldsWriter Second { get; } = new();

    public FieldItems Items { get; } = new();

    /// <summary>The object without its managed fields.</summary>
    public ArrayBufferWriter<byte> Plain { get; } = new(4096);

    /// <summary>The object as its writer wanted it, where that is not what is stored.</summary>
    public ArrayBufferWriter<byte> Wanted { get; } = new(4096);

    /// <summary>Sets that were made, until they are copied into the object.</summary>
    public ArrayBufferWriter<byte> Sets { get; } = new(4096);

    /// <summary>The managed fields.</summary>
    public ArrayBufferWriter<byte> Entries { get; } = new(4096);

    /// <summary>The thread's own, or a new one while that is in use.</summary>
    public static FieldScratch Rent()
    {
        var scratch = s_kept ?? new FieldScratch();
        s_kept = null;
        return scratch;
    }

    /// <summary>Keeps a set until this is returned.</summary>
    public ReadOnlyMemory<byte> Save(ReadOnlySpan<byte> set)
    {
        var memory = Sets.GetMemory(set.Length)[..set.Length];
        set.CopyTo(memory.Span);
        Sets.Advance(set.Length);
        return memory;
    }

    public void Return()
    {
        if (Plain.Capacity + Wanted.Capacity + Sets.Capacity + Entries.Capacity <= MaxKept)
        {
            Plain.ResetWrittenCount();
            Wanted.ResetWrittenCount();
            Sets.ResetWrittenCount();
            Entries.ResetWrittenCount();
            s_kept = this;
        }
    }
}
