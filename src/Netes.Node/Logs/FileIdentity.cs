using System.Runtime.InteropServices;

namespace Netes.Nodes.Logs;

/// <summary>Which file a path leads to: its number, which stays when the file is renamed.</summary>
internal static partial class FileIdentity
{
    private const int CurrentFolder = -100;
    private const uint WantNumber = 0x100;
    private const int NumberOffset = 32;

    /// <summary>Null: there is no such file.</summary>
    public static ulong? Of(string path)
    {
        // struct statx is 256 bytes on every processor, its file number at offset 32.
        Span<byte> status = stackalloc byte[256];
        return Statx(CurrentFolder, path, 0, WantNumber, ref MemoryMarshal.GetReference(status)) == 0
            ? BitConverter.ToUInt64(status[NumberOffset..]) : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);
}
