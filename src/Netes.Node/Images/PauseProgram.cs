using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Netes.Nodes.Images;

/// <summary>
/// The program that a pod's sandbox runs: it asks the kernel to reap orphans (SIGCHLD ignored) and then waits for
/// ever. An executable without a libc, written here instruction by instruction, so that no image has to be pulled:
/// <code>
/// rt_sigaction(SIGCHLD, { SIG_IGN }, NULL, 8); for (;;) pause();
/// </code>
/// Source: build/pause/linux/pause.c.
/// </summary>
internal static class PauseProgram
{
    private const ulong LoadAddress = 0x400000;
    private const int HeaderBytes = 64 + 56;
    private const int SigactionBytes = 32;

    /// <summary>The ELF file for this machine's processor.</summary>
    public static byte[] Build(Architecture architecture) => architecture switch
    {
        Architecture.X64 => Link(0x3e, X64),
        Architecture.Arm64 => Link(0xb7, Arm64),
        _ => throw new PlatformNotSupportedException($"no sandbox program for {architecture}"),
    };

    // The sigaction structure stands right after the code, padded to 40 bytes on x64 and 64 bytes on arm64.
    private static ReadOnlySpan<byte> X64 =>
    [
        0xb8, 13, 0, 0, 0, // mov eax, SYS_rt_sigaction
        0xbf, 17, 0, 0, 0, // mov edi, SIGCHLD
        0x48, 0x8d, 0x35, 23, 0, 0, 0, // lea rsi, [rip + 23]
        0x31, 0xd2, // xor edx, edx
        0x41, 0xba, 8, 0, 0, 0, // mov r10d, 8
        0x0f, 0x05, // syscall
        0xb8, 34, 0, 0, 0, // again: mov eax, SYS_pause
        0x0f, 0x05, // syscall
        0xeb, 0xf7, // jmp again
        0, 0, 0, 0,
    ];

    private static ReadOnlySpan<byte> Arm64 =>
    [
        0x20, 0x02, 0x80, 0xd2, // mov x0, SIGCHLD
        0xe1, 0x01, 0x00, 0x10, // adr x1, . + 60
        0x02, 0x00, 0x80, 0xd2, // mov x2, 0
        0x03, 0x01, 0x80, 0xd2, // mov x3, 8
        0xc8, 0x10, 0x80, 0xd2, // mov x8, SYS_rt_sigaction (134)
        0x01, 0x00, 0x00, 0xd4, // svc 0
        0x00, 0x00, 0x80, 0xd2, // again: mov x0, 0
        0x01, 0x00, 0x80, 0xd2, // mov x1, 0
        0x02, 0x00, 0x80, 0xd2, // mov x2, 0
        0x03, 0x00, 0x80, 0xd2, // mov x3, 0
        0x04, 0x00, 0x80, 0xd2, // mov x4, 0
        0x28, 0x09, 0x80, 0xd2, // mov x8, SYS_ppoll (73)
        0x01, 0x00, 0x00, 0xd4, // svc 0
        0xf9, 0xff, 0xff, 0x17, // b again
        0x1f, 0x20, 0x03, 0xd5, // nop
        0x1f, 0x20, 0x03, 0xd5, // nop
    ];

    private static byte[] Link(ushort machine, ReadOnlySpan<byte> code)
    {
        var file = new byte[HeaderBytes + code.Length + SigactionBytes];
        var span = file.AsSpan();
        ReadOnlySpan<byte> identity = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        identity.CopyTo(span);
        BinaryPrimitives.WriteUInt16LittleEndian(span[16..], 2); // an executable
        BinaryPrimitives.WriteUInt16LittleEndian(span[18..], machine);
        BinaryPrimitives.WriteUInt32LittleEndian(span[20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(span[24..], LoadAddress + HeaderBytes); // entry point
        BinaryPrimitives.WriteUInt64LittleEndian(span[32..], 64); // the program header follows
        BinaryPrimitives.WriteUInt16LittleEndian(span[52..], 64);
        BinaryPrimitives.WriteUInt16LittleEndian(span[54..], 56);
        BinaryPrimitives.WriteUInt16LittleEndian(span[56..], 1);

        var header = span[64..];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 1); // to be loaded
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], 5); // readable, executable
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], LoadAddress);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], LoadAddress);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], (ulong)file.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[40..], (ulong)file.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[48..], 0x1000);

        code.CopyTo(span[HeaderBytes..]);
        span[HeaderBytes + code.Length] = 1; // SIG_IGN
        return file;
    }
}
