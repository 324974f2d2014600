using Microsoft.Win32.SafeHandles;

namespace Netes.Store.Sqlite;

/// <summary>
/// Keeps the write-ahead log's file longer than what is in use of it, filled with zeros, which SQLite takes for the end
/// of the log as it does what is left of an earlier round (file format, section 4.1). A sync of blocks that exist takes
/// half as long as one that makes the file longer, since the file system has nothing of its own to write. Once the log
/// has been as long as it gets, it starts over within its file and nothing is left to do. For whoever writes to the
/// database only: zeros must not land on what SQLite appends meanwhile.
/// </summary>
internal sealed class LogSpace : IDisposable
{
    private const long FrameBytes = 24 + 4096;

    private readonly SafeFileHandle _file;
    private readonly long _step;
    private readonly long _most;

    /// <summary>About where SQLite writes next, at most. Checkpoints correct it, on a thread of their own.</summary>
    private long _used;

    /// <summary>Where to look again.</summary>
    private long _next;

    public LogSpace(SqliteStoreOptions options)
    {
        (_step, _most) = (options.CheckpointBytes, options.LogFileBytes);
        _file = File.OpenHandle(
            options.LogPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        Extend();
    }

    /// <summary>After a commit, of at most so many bytes.</summary>
    public void Written(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) > _next)
        {
            Extend();
        }
    }

    /// <summary>Before a checkpoint, for <see cref="Counted"/>.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>
    /// After a checkpoint: what was thought to be in use before it, and the frames that the log had then (0: the next
    /// one is its first). What has been written meanwhile stays counted.
    /// </summary>
    public void Counted(long thought, int frames) => Interlocked.Add(ref _used, (frames * FrameBytes) - thought);

    public void Dispose() => _file.Dispose();

    private void Extend()
    {
        long end = Math.Min(Interlocked.Read(ref _used) + _step, _most);
        _next = end == _most ? long.MaxValue : end - (_step / 2);
        try
        {
            var zeros = new byte[64 << 10];
            for (long at = RandomAccess.GetLength(_file); at < end; at += zeros.Length)
            {
                RandomAccess.Write(_file, zeros, at);
            }
        }
        catch (IOException)
        {
            // No room for it: the log grows as it is written to, and whoever writes there hears what is wrong.
        }
    }
}
