using System.Text;
using Netes.Store.Revisions;

namespace Netes.Store.Sqlite;

/// <summary>
/// The one table, a row for each revision, found by revision only (the index by key is in memory), and beside it one
/// row of counters. Every revision above <c>counter.compacted</c> has its row; at or below, only what was still
/// readable then. <c>counter.revision</c> matters when the newest revision is a deletion that has been compacted away:
/// it is written in the same transaction as <c>compacted</c>, before any row goes, so the counter never falls. The row
/// of <c>live</c> is a <see cref="LiveRevisions"/> of a revision that has not been compacted, or of none (0).
/// </summary>
internal sealed class RevisionTable : IDisposable
{
    private const int ApplicationId = 0x4E657465;
    private const int Version = 2;

    private readonly Statement _insert;
    private readonly Statement _delete;
    private readonly Statement _count;
    private readonly Statement _live;
    private byte[] _key = new byte[512];

    public RevisionTable(Database database)
    {
        _insert = database.Prepare(
            "INSERT INTO revision (rev, created, previous, deleted, checksum, key, value) "
            + "VALUES (?, ?, ?, ?, ?, ?, ?)");
        _delete = database.Prepare("DELETE FROM revision WHERE rev = ?");
        _count = database.Prepare("UPDATE counter SET revision = ?, compacted = ?");
        _live = database.Prepare("UPDATE live SET rev = ?, checksum = ?, revisions = ?");
    }

    /// <summary>Creates the tables in a new file, or checks that these are ours.</summary>
    public static void Prepare(Database database, string path)
    {
        long application = database.Scalar("PRAGMA application_id");
        long version = database.Scalar("PRAGMA user_version");
        if (application == 0 && version == 0 && database.Scalar("SELECT count(*) FROM sqlite_schema") == 0)
        {
            Create(database);
            return;
        }

        if (application != ApplicationId)
        {
            throw new StoreCorruptException($"{path} is not a Netes store (application id {application})");
        }

        if (version == Version - 1)
        {
            database.Execute("BEGIN IMMEDIATE");
            CreateLive(database);
            database.Execute("COMMIT");
            return;
        }

        if (version != Version)
        {
            throw new StoreCorruptException(
                $"{path} was written by another version of Netes: format {version}, this one reads {Version}");
        }
    }

    /// <summary>Adds a revision, inside a transaction.</summary>
    public void Insert(in StoreEvent change)
    {
        int most = Encoding.UTF8.GetMaxByteCount(change.Key.Length);
        if (_key.Length < most)
        {
            _key = new byte[most];
        }

        ReadOnlySpan<byte> key = _key.AsSpan(0, Encoding.UTF8.GetBytes(change.Key, _key));
        bool isDeleted = change.Kind == StoreEventKind.Delete;
        _insert.Bind(1, change.Revision);
        _insert.Bind(2, change.CreateRevision);
        _insert.Bind(3, change.PreviousModRevision);
        _insert.Bind(4, isDeleted ? 1 : 0);
        _insert.Bind(5, RowChecksum.Of(
            change.Revision, change.CreateRevision, change.PreviousModRevision, isDeleted, key, change.Value.Span));
        _insert.BindText(6, key);
        _insert.BindBlob(7, change.Value.Span);
        _insert.Run();
    }

    /// <summary>Removes an unreadable revision, inside a transaction; it may be gone already.</summary>
    public void Delete(long revision)
    {
        _delete.Bind(1, revision);
        _delete.Run();
    }

    public void WriteCounters(long revision, long compacted)
    {
        _count.Bind(1, revision);
        _count.Bind(2, compacted);
        _count.Run();
    }

    public void WriteLive(LiveRevisions live)
    {
        byte[] encoded = live.Encode();
        _live.Bind(1, live.Revision);
        _live.Bind(2, RowChecksum.Of(live.Revision, encoded));
        _live.BindBlob(3, encoded);
        _live.Run();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
        _count.Dispose();
        _live.Dispose();
    }

    private static void Create(Database database)
    {
        database.Execute("BEGIN IMMEDIATE");
        database.Execute("""
            CREATE TABLE revision (
              rev INTEGER PRIMARY KEY, created INTEGER NOT NULL, previous INTEGER NOT NULL, deleted INTEGER NOT NULL,
              checksum INTEGER NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL) STRICT
            """);
        database.Execute("CREATE TABLE counter (revision INTEGER NOT NULL, compacted INTEGER NOT NULL) STRICT");
        database.Execute("INSERT INTO counter VALUES (1, 0)");
        database.Execute($"PRAGMA application_id = {ApplicationId}");
        CreateLive(database);
        database.Execute("COMMIT");
    }

    /// <summary>What format 2 added.</summary>
    private static void CreateLive(Database database)
    {
        database.Execute(
            "CREATE TABLE live (rev INTEGER NOT NULL, checksum INTEGER NOT NULL, revisions BLOB NOT NULL) STRICT");
        database.Execute("INSERT INTO live VALUES (0, 0, x'')");
        database.Execute($"PRAGMA user_version = {Version}");
    }
}
