using Netes.Store.Revisions;

namespace Netes.Store.Sqlite;

/// <summary>
/// Builds the index from the file, and in doing so proves the file: every checksum, no missing revision above the
/// compacted one, every version on top of the one that it replaced.
/// </summary>
internal static class RevisionLoader
{
    public static RevisionIndex Load(Database database, string path)
    {
        (long current, long compacted) = RevisionTable.Counters(database);
        var index = new RevisionIndex(current, compacted, keepsOldValues: false);
        var keys = new Dictionary<string, KeyHistory>(StringComparer.Ordinal);
        long expected = Math.Max(compacted, 1) + 1;
        foreach (StoreEvent change in RevisionTable.ReadAll(database, path, new LoadMemory(keys)))
        {
            if (change.Revision > compacted)
            {
                CheckLine(change.Revision, expected, path);
                expected++;
            }

            CheckChain(keys.GetValueOrDefault(change.Key), change, compacted, path);
            index.Load(keys, change);
        }

        CheckLine(current + 1, expected, path);
        index.Loaded(keys);
        return index;
    }

    private static void CheckLine(long found, long expected, string path)
    {
        if (found != expected)
        {
            throw new StoreCorruptException($"{path}: revision {expected} is missing");
        }
    }

    private static void CheckChain(KeyHistory? history, in StoreEvent change, long compacted, string path)
    {
        KeyVersion? newest = history?.Newest;
        long previous = newest is { IsDeleted: false } ? newest.ModRevision : 0;

        // What was replaced before the compacted revision may be gone, one end of the chain before the other.
        if (previous != change.PreviousModRevision && change.Revision > compacted)
        {
            throw new StoreCorruptException(
                $"{path}: revision {change.Revision} of key {change.Key} replaces revision "
                + $"{change.PreviousModRevision}, but revision {previous} is there");
        }
    }
}
