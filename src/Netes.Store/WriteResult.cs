namespace Netes.Store;

/// <summary>What came of a write: a race lost to another writer is a result, not an exception.</summary>
public abstract record WriteResult
{
    private WriteResult()
    {
    }

    /// <summary>The write is durable, at this revision.</summary>
    public sealed record Written(long Revision) : WriteResult;

    /// <summary>The expectation did not hold. <c>Current</c> is what is there; null when nothing is.</summary>
    public sealed record Conflict(StoredEntry? Current) : WriteResult;
}
