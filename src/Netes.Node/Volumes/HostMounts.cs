using System.Runtime.InteropServices;

namespace Netes.Nodes.Volumes;

/// <summary>The few calls of the kernel that .NET has no name for.</summary>
internal static partial class HostMounts
{
    private const int LazyUnmount = 2;
    private const int NotMounted = 22;
    private const int NotThere = 2;

    /// <summary>Mounts an empty file system in memory. A size of zero is the kernel's default.</summary>
    public static void MountTmpfs(string path, long sizeBytes)
    {
        var data = sizeBytes > 0 ? FormattableString.Invariant($"size={sizeBytes}") : "";
        if (Mount("tmpfs", path, "tmpfs", 0, data) != 0)
        {
            throw new IOException(
                $"mount of tmpfs on {path}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
    }

    /// <summary>Unmounts; a path that is no mount is fine.</summary>
    public static void Unmount(string path)
    {
        if (Unmount(path, LazyUnmount) != 0 && Marshal.GetLastPInvokeError() is var error
            && error != NotMounted && error != NotThere)
        {
            throw new IOException($"unmount of {path}: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    public static bool IsMountPoint(string path) => MountPoints().Contains(path);

    /// <summary>The mount points at or below a folder, deepest first.</summary>
    public static IEnumerable<string> MountPointsBelow(string folder) =>
        MountPoints().Where(point => point == folder || point.StartsWith(folder + "/", StringComparison.Ordinal))
            .OrderByDescending(point => point.Length);

    /// <summary>Changes a file's group, or that of the link itself.</summary>
    public static void ChangeGroup(string path, long group)
    {
        if (ChangeOwner(path, uint.MaxValue, (uint)group) != 0)
        {
            throw new IOException($"chown of {path}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
    }

    /// <summary>Renames a file or link over another one at once.</summary>
    public static void Rename(string from, string to)
    {
        if (RenameFile(from, to) != 0)
        {
            throw new IOException($"rename of {from}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
    }

    // Blanks in a mount point are written as octal escapes.
    private static List<string> MountPoints() =>
        [.. File.ReadAllLines("/proc/self/mounts").Select(line => line.Split(' ')[1].Replace("\\040", " "))];

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, ulong flags, string data);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameFile(string from, string to);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);
}
