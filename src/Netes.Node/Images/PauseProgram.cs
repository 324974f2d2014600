using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Netes.Nodes.Images;

/// <summary>
/// The program that holds a pod's namespaces, as a static ELF file of a few hundred bytes. In C it would read:
/// <code>
///   sigset_t set = { SIGINT, SIGTERM, SIGCHLD };
///   sigprocmask(SIG_BLOCK, &amp;set, 0);
///   for (;;) {
///     int got = sigtimedwait(&amp;set, 0, 0);
///     if (got == SIGCHLD) while (wait4(-1, 0, WNOHANG, 0) > 0) ;
///     else if (got >= 0) exit(0);
///   }
/// </code>
/// A blocked signal is queued even for process 1 of a namespace, which has no default actions.
/// </summary>
internal static class PauseProgram
{
    private const ulong Address = 0x400000;
    private const int HeaderBytes = 64 + 56;

    private const string X64 =
        "68024001004889e631ff31d26a08415a6a0e580f05488d3c2431f631d26a0841" +
        "5ab8800000000f0583f81175166aff5f31f66a015a4531d26a3d580f0585c07f" +
        "ecebd285c078ce31ff6a3c580f05";

    private const string Arm64 =
        "400088d22000a0f2e00f1ff8000080d2e1030091020080d2030180d2e81080d2" +
        "010000d4e0030091010080d2020080d2030180d2281180d2010000d41f4400f1" +
        "4101005400008092010080d2220080d2030080d2882080d2010000d41f0000f1" +
        "2cffff54f0ffff171f0000f1cbfdff54000080d2a80b80d2010000d4";

    /// <summary>The file for one processor; throws for processors that Netes is not built for.</summary>
    public static byte[] Build(Architecture architecture)
    {
        var (machine, code) = architecture switch
        {
            Architecture.X64 => ((ushort)62, Convert.FromHexString(X64)),
            Architecture.Arm64 => ((ushort)183, Convert.FromHexString(Arm64)),
            _ => throw new PlatformNotSupportedException($"there is no pause program for {architecture}"),
        };
        var file = new byte[HeaderBytes + code.Length];
        WriteHeader(file, machine);
        WriteSegment(file.AsSpan(64), (ulong)file.Length);
        code.CopyTo(file, HeaderBytes);
        return file;
    }

    // Elf64_Ehdr: little endian, executable, one program header right behind.
    private static void WriteHeader(Span<byte> to, ushort machine)
    {
        "\u007fELF"u8.CopyTo(to);
        to[4] = 2;
        to[5] = 1;
        to[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(to[16..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(to[18..], machine);
        BinaryPrimitives.WriteUInt32LittleEndian(to[20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(to[24..], Address + HeaderBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(to[32..], 64);
        BinaryPrimitives.WriteUInt16LittleEndian(to[52..], 64);
        BinaryPrimitives.WriteUInt16LittleEndian(to[54..], 56);
        BinaryPrimitives.WriteUInt16LittleEndian(to[56..], 1);
    }

    // Elf64_Phdr: the whole file, readable and executable.
    private static void WriteSegment(Span<byte> to, ulong length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(to[4..], 5);
        BinaryPrimitives.WriteUInt64LittleEndian(to[16..], Address);
        BinaryPrimitives.WriteUInt64LittleEndian(to[24..], Address);
        BinaryPrimitives.WriteUInt64LittleEndian(to[32..], length);
        BinaryPrimitives.WriteUInt64LittleEndian(to[40..], length);
        BinaryPrimitives.WriteUInt64LittleEndian(to[48..], 0x1000);
    }
}
