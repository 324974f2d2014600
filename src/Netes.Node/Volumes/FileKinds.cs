using System.Runtime.InteropServices;

namespace Netes.Nodes.Volumes;

internal enum FileKind
{
    None,
    Regular,
    Directory,
    Socket,
    CharacterDevice,
    BlockDevice,
    Other,
}

/// <summary>Tells the kinds of files apart that .NET calls files alike.</summary>
internal static partial class FileKinds
{
    private const int CurrentFolder = -100;
    private const uint WantType = 1;
    private const uint WantGroup = 16;
    private const int GroupOffset = 24;
    private const int ModeOffset = 28;
    private const int KindMask = 0xf000;

    public static FileKind Of(string path)
    {
        // struct statx is 256 bytes on every processor, its mode at offset 28.
        Span<byte> status = stackalloc byte[256];
        if (Statx(CurrentFolder, path, 0, WantType, ref MemoryMarshal.GetReference(status)) != 0)
        {
            return FileKind.None;
        }

        return (BitConverter.ToUInt16(status[ModeOffset..]) & KindMask) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Directory,
            0xc000 => FileKind.Socket,
            0x2000 => FileKind.CharacterDevice,
            0x6000 => FileKind.BlockDevice,
            _ => FileKind.Other,
        };
    }

    /// <summary>The group of a file; null when it cannot be told.</summary>
    public static long? GroupOf(string path)
    {
        Span<byte> status = stackalloc byte[256];
        return Statx(CurrentFolder, path, 0, WantGroup, ref MemoryMarshal.GetReference(status)) == 0
            ? BitConverter.ToUInt32(status[GroupOffset..])
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);
}
