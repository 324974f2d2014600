namespace Netes.Store.Sqlite;

/// <summary>
/// A file of nothing, given up when the disk is full so that deletes and compaction have room to work in; taking it
/// back is the test of whether there is room again. Used by the writer's thread only.
/// </summary>
internal sealed class SpaceReserve(string path, long bytes)
{
    /// <summary>Gives the space back to the disk; nothing happens when it is given up already.</summary>
    public void Release() => File.Delete(path);

    /// <summary>Whether the space is set aside now.</summary>
    public bool TryTake()
    {
        if (bytes == 0 || (File.Exists(path) && new FileInfo(path).Length == bytes))
        {
            return true;
        }

        try
        {
            // Preallocation is asked of the file system, so it costs no writing; where it cannot, this throws as well.
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                PreallocationSize = bytes,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            file.SetLength(bytes);
            return true;
        }
        catch (IOException)
        {
            // Full: the answer, not a fault. What was created of it must go again.
            File.Delete(path);
            return false;
        }
    }
}
