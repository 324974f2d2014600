using System.Buffers;

namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// Where values end in JSON that is known to be well-formed and without white space between its tokens, as everything
/// is that this server encodes. Nothing is decoded and nothing is allocated.
/// </summary>
internal static class JsonSpans
{
    private static readonly SearchValues<byte> AfterScalar = SearchValues.Create(",}]"u8);

    /// <summary>The index after the value that begins at an index.</summary>
    public static int ValueEnd(ReadOnlySpan<byte> json, int at)
    {
        switch (json[at])
        {
            case (byte)'"':
                return TextEnd(json, at);
            case (byte)'{' or (byte)'[':
                return json[at + 1] is (byte)'}' or (byte)']' ? at + 2 : JsonBlocks.End(json, at);
            default:
                var length = json[at..].IndexOfAny(AfterScalar);
                return length < 0 ? json.Length : at + length;
        }
    }

    /// <summary>The index after the closing quote of the text that begins at an index.</summary>
    public static int TextEnd(ReadOnlySpan<byte> json, int at)
    {
        for (at++; ; at += 2)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == (byte)'"')
            {
                return at + 1;
            }
        }
    }

    /// <summary>An object, list or null without anything in it: what Kubernetes treats as a leaf.</summary>
    public static bool IsHollow(ReadOnlySpan<byte> value) =>
        value.SequenceEqual("{}"u8) || value.SequenceEqual("[]"u8) || value.SequenceEqual("null"u8);
}
