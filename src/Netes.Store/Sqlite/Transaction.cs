namespace Netes.Store.Sqlite;

internal static class Transaction
{
    /// <summary>All of it or nothing; what it throws is what failed first.</summary>
    public static void Run(Database database, Action changes) => Run(database, changes, TimeProvider.System);

    /// <summary>As the other; tells how long all of it took, and the commit, which writes and syncs.</summary>
    public static (TimeSpan All, TimeSpan Commit) Run(Database database, Action changes, TimeProvider time)
    {
        long began = time.GetTimestamp();
        try
        {
            database.Execute("BEGIN IMMEDIATE");
            changes();
            long committing = time.GetTimestamp();
            database.Execute("COMMIT");
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
}
