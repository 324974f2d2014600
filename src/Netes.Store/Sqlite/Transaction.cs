namespace Netes.Store.Sqlite;

internal static class Transaction
{
    /// <summary>All of it or nothing; what it throws is what failed first.</summary>
    public static void Run(Database database, Action changes)
    {
        try
        {
            database.Execute("BEGIN IMMEDIATE");
            changes();
            database.Execute("COMMIT");
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
