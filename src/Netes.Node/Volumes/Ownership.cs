namespace Netes.Nodes.Volumes;

/// <summary>Gives a volume to a group. Source: pkg/volume/volume_linux.go (SetVolumeOwnership).</summary>
internal static class Ownership
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead;
    private const UnixFileMode ReadWrite = ReadOnly | UnixFileMode.UserWrite | UnixFileMode.GroupWrite;
    private const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.SetGroup;

    /// <summary>The folder has the group and the mode that <see cref="Apply(string, long, bool)"/> gives.</summary>
    public static bool IsOf(string folder, long group)
    {
        const UnixFileMode Wanted = ReadWrite | Enter;
        return FileKinds.GroupOf(folder) == group && (new DirectoryInfo(folder).UnixFileMode & Wanted) == Wanted;
    }

    public static void Apply(string folder, long group, bool isReadOnly)
    {
        Apply(new DirectoryInfo(folder), group, isReadOnly ? ReadOnly : ReadWrite);
        var every = new EnumerationOptions
        {
            RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, MaxRecursionDepth = 64,
        };
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", every))
        {
            Apply(entry, group, isReadOnly ? ReadOnly : ReadWrite);
        }
    }

    private static void Apply(FileSystemInfo entry, long group, UnixFileMode mode)
    {
        HostMounts.ChangeGroup(entry.FullName, group);
        if (entry.LinkTarget is null)
        {
            entry.UnixFileMode |= mode | (entry is DirectoryInfo ? Enter : UnixFileMode.None);
        }
    }
}
