using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Netes.Cli.Machine;

/// <summary>
/// The few system calls that .NET has no words for. Each throws <see cref="Win32Exception"/> with what it tried.
/// </summary>
internal static partial class Syscalls
{
    public const ulong MountReadOnly = 1, MountRemount = 32, MountBind = 4096, MountRecursive = 16384;
    public const ulong MountPrivate = 1 << 18, MountSlave = 1 << 19, MountShared = 1 << 20;
    public const int UnmountDetach = 2;
    public const int SignalKill = 9, SignalTerminate = 15;
    private const int OpenWriteAppendCreate = 0x1 | 0x400 | 0x40, ReadOnly = 0, FdSetFlags = 2;

    public static void Mount(string source, string target, string? type, ulong flags, string? data = null)
    {
        if (mount(source, target, type, flags, data) != 0)
        {
            throw Failure($"mount {type ?? "bind"} {source} on {target}");
        }
    }

    public static void Unmount(string target, int flags = 0)
    {
        if (umount2(target, flags) != 0)
        {
            throw Failure($"unmount {target}");
        }
    }

    public static void PivotRoot(string newRoot, string putOld)
    {
        // The C library has no wrapper; 155 and 41 are its numbers on x86-64 and on arm64.
        var number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 41 : 155;
        if (syscall(number, newRoot, putOld) != 0)
        {
            throw Failure($"pivot_root to {newRoot}");
        }
    }

    public static void SetHostName(string name)
    {
        if (sethostname(name, name.Length) != 0)
        {
            throw Failure($"set host name {name}");
        }
    }

    /// <summary>Makes this process the leader of a session of its own, so that no terminal can stop it.</summary>
    public static void StartSession()
    {
        // EPERM means that it leads a group already, which is as good.
        _ = setsid();
    }

    /// <summary>Standard input from nothing, standard output and error appended to a file.</summary>
    public static void RedirectOutput(string file)
    {
        var input = open("/dev/null", ReadOnly, 0);
        var output = open(file, OpenWriteAppendCreate, 0b110_000_000);
        if (input < 0 || output < 0 || dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0)
        {
            throw Failure($"redirect output to {file}");
        }
    }

    /// <summary>Lets a descriptor outlive <see cref="Execute"/>.</summary>
    public static void Inherit(int descriptor)
    {
        if (fcntl(descriptor, FdSetFlags, 0) != 0)
        {
            throw Failure($"inherit descriptor {descriptor}");
        }
    }

    /// <summary>Replaces this program by another; returns only by throwing.</summary>
    public static void Execute(string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> env)
    {
        var failed = execve(file, Pointers([file, .. arguments]), Pointers([.. env.Select(e => $"{e.Key}={e.Value}")]));
        if (failed != 0)
        {
            throw Failure($"execute {file}");
        }
    }

    /// <summary>Opens a file so that the descriptor outlives <see cref="Execute"/>.</summary>
    public static int OpenInherited(string path)
    {
        var descriptor = open(path, ReadOnly, 0);
        return descriptor >= 0 ? descriptor : throw Failure($"open {path}");
    }

    /// <summary>Moves the calling thread, and only it, into another network namespace.</summary>
    public static void EnterNetwork(int descriptor)
    {
        if (setns(descriptor, 0x40000000) != 0)
        {
            throw Failure("enter a network namespace");
        }
    }

    /// <summary>A file in memory, which has no name and is gone when nobody has it open.</summary>
    public static int CreateMemoryFile(string name)
    {
        var descriptor = memfd_create(name, 1);
        return descriptor >= 0 ? descriptor : throw Failure("make a file in memory");
    }

    public static int OpenProcess(int pid) => (int)syscallPidfd(434, pid, 0);

    /// <summary>Sends a signal to the process behind a descriptor; false when it has ended.</summary>
    public static bool SignalProcess(int descriptor, int signal) =>
        syscallSignal(424, descriptor, signal, 0, 0) == 0;

    public static void Close(int descriptor) => _ = close(descriptor);

    /// <summary>Takes note of the end of a child, so that the kernel can forget it; does not wait for it.</summary>
    public static unsafe void Reap(int pid) => _ = waitpid(pid, null, 1);

    private static nint[] Pointers(string[] values) =>
        [.. values.Select(Marshal.StringToCoTaskMemUTF8), 0];

    private static Win32Exception Failure(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return new Win32Exception(error, $"{what}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mount(string source, string target, string? type, ulong flags, string? data);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int umount2(string target, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint syscall(nint number, string first, string second);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint syscallPidfd(nint number, nint pid, nint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint syscallSignal(nint number, nint descriptor, nint signal, nint info, nint flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sethostname(string name, nint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setsid();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(int descriptor, int kind);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup2(int from, int to);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, nint argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int waitpid(int pid, int* status, int options);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int execve(string file, nint[] arguments, nint[] environment);
}
