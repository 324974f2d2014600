using System.Runtime.InteropServices;
using Netes.Store.Revisions;

namespace Netes.Store.Sqlite;

/// <summary>
/// Which rows held what was there at one revision. With it a start reads those and what came later, and is ready; the
/// rest, which grows with the writes of five minutes and not with the cluster, is read behind it (see decision 8).
/// Written now and then, and never needed: without it a start reads everything.
/// </summary>
/// <param name="Revision">What this is the state of.</param>
/// <param name="Revisions">The rows, ascending.</param>
/// <param name="Marks">When revisions were current, so that history goes on growing old across a restart.</param>
internal sealed record LiveRevisions(long Revision, long[] Revisions, IReadOnlyList<HistoryMark> Marks)
{
    public static LiveRevisions Of(RevisionIndex index, IReadOnlyList<HistoryMark> marks)
    {
        (long revision, long[] live) = index.Live();
        return new LiveRevisions(revision, live, marks);
    }

    /// <summary>Numbers of seven bits a byte: the marks, counted, then the distances between the revisions.</summary>
    public byte[] Encode()
    {
        var bytes = new List<byte>((Marks.Count * 12) + (Revisions.Length * 2) + 16);
        Add(bytes, Marks.Count);
        foreach (HistoryMark mark in Marks)
        {
            Add(bytes, mark.Revision);
            Add(bytes, mark.AgeMilliseconds);
        }

        Add(bytes, Revisions.Length);
        long last = 0;
        foreach (long revision in Revisions)
        {
            Add(bytes, revision - last);
            last = revision;
        }

        return CollectionsMarshal.AsSpan(bytes).ToArray();
    }

    /// <summary>Of bytes whose checksum is right.</summary>
    public static LiveRevisions Decode(long revision, ReadOnlySpan<byte> bytes)
    {
        var marks = new HistoryMark[Take(ref bytes)];
        for (int i = 0; i < marks.Length; i++)
        {
            marks[i] = new HistoryMark(Take(ref bytes), Take(ref bytes));
        }

        var live = new long[Take(ref bytes)];
        long last = 0;
        for (int i = 0; i < live.Length; i++)
        {
            live[i] = last += Take(ref bytes);
        }

        return new LiveRevisions(revision, live, marks);
    }

    private static void Add(List<byte> bytes, long number)
    {
        for (; number > 0x7f; number >>= 7)
        {
            bytes.Add((byte)(number | 0x80));
        }

        bytes.Add((byte)number);
    }

    private static long Take(ref ReadOnlySpan<byte> bytes)
    {
        long number = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[0];
            bytes = bytes[1..];
            number |= (next & 0x7fL) << shift;
            if (next <= 0x7f)
            {
                return number;
            }
        }
    }
}
