namespace Netes.ApiServer.Certificates;

/// <summary>
/// Files that only their owner may read: 0600 in folders of 0700. A file is there whole or not at all.
/// </summary>
public static class SecretFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerFolder);
        // A folder that was there before may be open to others.
        File.SetUnixFileMode(folder, OwnerFolder);
    }

    /// <summary>What is there already is not written again: a start needs no room on the disk.</summary>
    public static void Write(string path, string text)
    {
        if (ReadIfThere(path) == text)
        {
            SetOwnerOnly(path);
            return;
        }

        var next = path + ".next";
        File.Delete(next);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        try
        {
            using (var file = new FileStream(next, options))
            {
                file.Write(System.Text.Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(next, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(next);
            throw;
        }
    }

    public static string? ReadIfThere(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    private static void SetOwnerOnly(string path)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerFile)
        {
            File.SetUnixFileMode(path, OwnerFile);
        }
    }
}
