namespace Netes.ApiServer.FieldManagement;

/// <summary>Where the managed fields stand in a stored object: at the end of its metadata.</summary>
/// <param name="Start">Where the member begins, with the comma before it; or where it would.</param>
/// <param name="End">Where it ends; the start when there is none.</param>
/// <param name="IsFirst">Whether the metadata has no other member.</param>
internal readonly record struct StoredFields(int Start, int End, bool IsFirst)
{
    private static ReadOnlySpan<byte> Metadata => "\"metadata\":{"u8;

    public static StoredFields Find(ReadOnlySpan<byte> json)
    {
        // A text cannot hold the bytes of a member's name, since its quotes would be escaped.
        var at = json.IndexOf(Metadata) + Metadata.Length - 1;
        var first = at;
        while (json[at] != (byte)'}' && json[at + 1] != (byte)'}')
        {
            var nameEnd = JsonSpans.TextEnd(json, at + 1);
            var end = JsonSpans.ValueEnd(json, nameEnd + 1);
            if (json[(at + 2)..(nameEnd - 1)].SequenceEqual("managedFields"u8))
            {
                return new(at == first ? at + 1 : at, end, at == first);
            }

            at = end;
        }

        return at == first ? new(at + 1, at + 1, true) : new(at, at, false);
    }

    /// <summary>Whether the object is another but for its managed fields; that one has none.</summary>
    public bool IsRestEqual(ReadOnlySpan<byte> json, ReadOnlySpan<byte> plain) =>
        plain.Length == json.Length - (End - Start)
        && json[..Start].SequenceEqual(plain[..Start]) && json[End..].SequenceEqual(plain[Start..]);
}
