namespace Netes.Store;

/// <summary>The root of everything a store throws of its own.</summary>
public abstract class StoreException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// The history at that revision is gone. API servers answer 410 Expired. Source: etcd's <c>ErrCompacted</c>.
/// </summary>
public sealed class RevisionCompactedException(long requested, long compacted)
    : StoreException($"revision {requested} has been compacted: the oldest one left is {compacted}")
{
    /// <summary>What was asked for.</summary>
    public long RequestedRevision => requested;

    /// <summary>The oldest revision that can still be read.</summary>
    public long CompactedRevision => compacted;
}

/// <summary>That revision has not been written yet. Source: etcd's <c>ErrFutureRev</c>.</summary>
public sealed class RevisionInFutureException(long requested, long current)
    : StoreException($"revision {requested} is in the future: the current one is {current}")
{
    /// <summary>What was asked for.</summary>
    public long RequestedRevision => requested;

    /// <summary>The newest revision at that moment.</summary>
    public long CurrentRevision => current;
}

/// <summary>
/// The write was not taken: the disk is full or failed, or the store is closing. Nothing of it is visible. Where
/// <see cref="IsDiskFull"/>, writes resume by themselves once there is room.
/// </summary>
public sealed class StoreUnavailableException(string message, bool isDiskFull, Exception? cause = null)
    : StoreException(message, cause)
{
    /// <summary>Whether the reason is a lack of space, which heals without a restart.</summary>
    public bool IsDiskFull => isDiskFull;
}

/// <summary>What is on disk is not what was written. The message names the file, and the key where known.</summary>
public sealed class StoreCorruptException(string message, Exception? cause = null) : StoreException(message, cause);

/// <summary>Another process holds this store open.</summary>
public sealed class StoreInUseException(string message, Exception? cause = null) : StoreException(message, cause);
