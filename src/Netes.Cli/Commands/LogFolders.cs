namespace Netes.Cli.Commands;

/// <summary>Copies logs while they are written: what goes meanwhile, with its pod or by rotation, is left.</summary>
internal static class LogFolders
{
    // Links are left out: a pod may have made one that leads anywhere.
    public static void Copy(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        Directory.CreateDirectory(to);
        foreach (var entry in Entries(from).Where(entry => entry.LinkTarget is null))
        {
            var target = Path.Combine(to, entry.Name);
            if (entry is DirectoryInfo)
            {
                Copy(entry.FullName, target);
            }
            else
            {
                CopyFile(entry.FullName, target);
            }
        }
    }

    internal static FileSystemInfo[] Entries(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    internal static void CopyFile(string from, string to)
    {
        try
        {
            File.Copy(from, to, overwrite: true);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }
    }
}
