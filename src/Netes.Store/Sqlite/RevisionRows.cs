using Netes.Store.Revisions;

namespace Netes.Store.Sqlite;

/// <summary>Reading what <see cref="RevisionTable"/> has written, each row against its checksum.</summary>
internal static class RevisionRows
{
    /// <summary>The columns that <see cref="Verified(Statement, string)"/> reads.</summary>
    public const string Select = "SELECT rev, created, previous, deleted, checksum, key, value FROM revision";

    /// <summary>Rather than looking a row up, rows are passed over when they are this few.</summary>
    private const int NearRevisions = 16;

    public static (long Revision, long Compacted) Counters(Database database)
    {
        using Statement statement = database.Prepare(
            "SELECT max(revision, coalesce((SELECT max(rev) FROM revision), 0)), compacted FROM counter");
        Invariant.Holds(statement.Step(), "the counters have a row");
        return (statement.Int64(0), statement.Int64(1));
    }

    /// <summary>What was live when it was last written down; null where it never was.</summary>
    public static LiveRevisions? Live(Database database, string path)
    {
        using Statement statement = database.Prepare("SELECT rev, checksum, revisions FROM live");
        Invariant.Holds(statement.Step(), "the live revisions have a row");
        long revision = statement.Int64(0);
        if (revision == 0)
        {
            return null;
        }

        ReadOnlySpan<byte> encoded = statement.Bytes(2);
        return RowChecksum.Of(revision, encoded) == statement.Int64(1)
            ? LiveRevisions.Decode(revision, encoded)
            : throw new StoreCorruptException(
                $"{path}: the list of what is live at revision {revision} is damaged: its checksum does not match");
    }

    /// <summary>Reads the rows above a revision, in order, verified. Previous values are left out.</summary>
    public static IEnumerable<StoreEvent> ReadAfter(Database database, string path, long revision, RowMemory memory)
    {
        using Statement statement = database.Prepare($"{Select} WHERE rev > ? ORDER BY rev");
        statement.Bind(1, revision);
        while (statement.Step())
        {
            yield return Verified(statement, path, memory);
        }
    }

    /// <summary>Reads these rows, which are in order, verified.</summary>
    public static IEnumerable<StoreEvent> Read(Database database, string path, long[] revisions, RowMemory memory)
    {
        using Statement statement = database.Prepare($"{Select} WHERE rev >= ? ORDER BY rev");
        long at = 0;
        foreach (long revision in revisions)
        {
            if (at == 0 || revision - at > NearRevisions)
            {
                statement.Reset();
                statement.Bind(1, revision);
                at = Next(statement);
            }

            while (at < revision)
            {
                at = Next(statement);
            }

            if (at != revision)
            {
                throw Missing(path, revision);
            }

            yield return Verified(statement, path, memory);
        }

        static long Next(Statement statement) => statement.Step() ? statement.Int64(0) : long.MaxValue;
    }

    public static StoreCorruptException Missing(string path, long revision) =>
        new($"{path}: revision {revision} is missing");

    /// <summary>The row under the cursor, of a <see cref="Select"/>.</summary>
    public static StoreEvent Verified(Statement row, string path) => Verified(row, path, RowMemory.Fresh);

    /// <summary>As the other, into this memory.</summary>
    public static StoreEvent Verified(Statement row, string path, RowMemory memory)
    {
        StoreEvent head = Head(row, memory);
        ReadOnlySpan<byte> value = row.Bytes(6);
        uint checksum = RowChecksum.Of(
            head.Revision, head.CreateRevision, head.PreviousModRevision, head.Kind == StoreEventKind.Delete,
            row.Bytes(5), value);
        if (checksum != row.Int64(4))
        {
            throw new StoreCorruptException(
                $"{path}: revision {head.Revision} of key {head.Key} is damaged: its checksum does not match");
        }

        byte[] copy = value.IsEmpty ? [] : memory.Value(head.Key, value.Length);
        value.CopyTo(copy);
        return head with { Value = copy };
    }

    /// <summary>The same without the value, which is then not read from the disk either, and so not verified.</summary>
    public static StoreEvent Head(Statement row, RowMemory memory) => new(
        row.Int64(0),
        row.Int64(3) != 0 ? StoreEventKind.Delete : StoreEventKind.Put,
        memory.Key(row.Bytes(5)),
        default,
        default,
        row.Int64(1),
        row.Int64(2));
}
