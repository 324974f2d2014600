using SQLitePCL;

namespace Netes.Store.Sqlite;

/// <summary>SQLite's own answer, with its extended result code.</summary>
internal sealed class DatabaseException(int code, string message)
    : Exception($"{message} (SQLite result {code})")
{
    private const int IoErrorSharedMemoryOpen = raw.SQLITE_IOERR | (18 << 8);
    private const int IoErrorSharedMemorySize = raw.SQLITE_IOERR | (19 << 8);
    private const int IoErrorSharedMemoryMap = raw.SQLITE_IOERR | (21 << 8);

    public int Code => code;

    /// <summary>
    /// No room. The shared-memory file is no data, but grows too: failing to extend it means a full disk as well. A
    /// failed fsync is never in here: after it, the kernel may take for written what is not.
    /// </summary>
    public bool IsFull => (code & 0xff) == raw.SQLITE_FULL
        || code is IoErrorSharedMemoryOpen or IoErrorSharedMemorySize or IoErrorSharedMemoryMap;

    public bool IsCorrupt => (code & 0xff) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    public bool IsBusy => (code & 0xff) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>For those outside: damage, or a disk that does not answer now.</summary>
    public StoreException ToStoreException(string path) => IsCorrupt
        ? new StoreCorruptException($"{path} is damaged: {Message}", this)
        : new StoreUnavailableException($"{path}: {Message}", IsFull, this);
}
