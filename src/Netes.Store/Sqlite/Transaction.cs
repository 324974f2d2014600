namespace Netes.Store.Sqlite;

/// <summary>Transactions of one connection, on statements prepared once.</summary>
internal sealed class Transaction(Database database, TimeProvider time) : IDisposable
{
    private readonly Statement _begin = database.Prepare("BEGIN IMMEDIATE");
    private readonly Statement _commit = database.Prepare("COMMIT");

    /// <summary>
    /// All of it or nothing; what it throws is what failed first. Tells how long all of it took, and the commit, which
    /// writes and syncs.
    /// </summary>
    public (TimeSpan All, TimeSpan Commit) Run(Action changes)
    {
        long began = time.GetTimestamp();
        try
        {
            _begin.Run();
            changes();
            long committing = time.GetTimestamp();
            _commit.Run();
            long done = time.GetTimestamp();
            return (time.GetElapsedTime(began, done), time.GetElapsedTime(committing, done));
        }
        catch
        {
            // A full disk or a failed write may have ended the transaction already.
            if (database.IsInTransaction)
            {
                database.Execute("ROLLBACK");
            }

            throw;
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
    }
}
