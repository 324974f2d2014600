using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Netes.Store.Sqlite;

/// <summary>
/// One process, and in it one store, per folder: <c>flock</c> on a lock file that holds the owner's process id. The
/// kernel lets go of it when the process ends, however it ends. The file stays: deleting it would let two in. A second
/// line vouches for the pages of the database: they were whole under that boot of the machine, and since then the
/// kernel has had all that was written, however a process ended.
/// </summary>
internal sealed partial class FolderLock : IDisposable
{
    private const int Exclusive = 2;
    private const int NonBlocking = 4;
    private const int Unlock = 8;
    private const int WouldBlock = 11;
    private const int ReadWrite = 2;
    private const int Create = 0x40;
    private const int CloseOnExec = 0x80000;

    private readonly SafeFileHandle _handle;

    private readonly string _boot;

    private FolderLock(SafeFileHandle handle, string boot, string? vouched) =>
        (_handle, _boot, WasVouchedFor, IsSameBoot) = (handle, boot, vouched is not null, vouched == boot);

    /// <summary>Whether nothing was found wrong, or was being looked for, when the last owner ended.</summary>
    public bool WasVouchedFor { get; }

    /// <summary>Whether the pages were whole since the machine has been running.</summary>
    public bool IsSameBoot { get; }

    public static FolderLock Take(string path)
    {
        // Not File.OpenHandle: that takes and judges locks of its own.
        SafeFileHandle handle = OpenFile(path, ReadWrite | Create | CloseOnExec);
        try
        {
            if (Flock(handle, Exclusive | NonBlocking) != 0)
            {
                int error = Marshal.GetLastPInvokeError();
                throw error == WouldBlock
                    ? new StoreInUseException(
                        $"the store in {Path.GetDirectoryName(path)} is in use by process {Content(handle)[0]}")
                    : new IOException($"flock {path}: error {error}");
            }

            string boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            string? vouched = Content(handle).ElementAtOrDefault(1);
            var taken = new FolderLock(handle, boot, string.IsNullOrEmpty(vouched) ? null : vouched);
            taken.Write(taken.IsSameBoot ? boot : "");
            return taken;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The pages are whole.</summary>
    public void Vouch() => Write(_boot);

    /// <summary>Something is wrong with the file: the next owner looks at all of it before it does anything.</summary>
    public void Doubt()
    {
        try
        {
            Write("");
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // A disk that does not take this takes no write of a store either.
        }
    }

    /// <summary>Makes the names in a folder durable: a synced file without a name is lost.</summary>
    public static void SyncFolder(string folder)
    {
        using SafeFileHandle handle = OpenFile(folder, CloseOnExec);
        if (Fsync(handle) != 0)
        {
            throw new IOException($"fsync {folder}: error {Marshal.GetLastPInvokeError()}");
        }
    }

    /// <summary>
    /// Unlocks by name: the lock is the open file's, and a child that this process is just starting shares that file
    /// until it executes its program.
    /// </summary>
    public void Dispose()
    {
        if (!_handle.IsClosed)
        {
            _ = Flock(_handle, Unlock);
        }

        _handle.Dispose();
    }

    private void Write(string vouched)
    {
        string content = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n{vouched}\n");
        RandomAccess.SetLength(_handle, 0);
        RandomAccess.Write(_handle, Encoding.ASCII.GetBytes(content), 0);
    }

    private static SafeFileHandle OpenFile(string path, int flags)
    {
        const int OwnerOnly = 0x180;
        int descriptor = Open(path, flags, OwnerOnly);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"open {path}: error {Marshal.GetLastPInvokeError()}");
    }

    /// <summary>The lines; one at least.</summary>
    private static string[] Content(SafeFileHandle handle)
    {
        Span<byte> bytes = stackalloc byte[80];
        int length = RandomAccess.Read(handle, bytes, 0);
        return length == 0 ? ["unknown"] : Encoding.ASCII.GetString(bytes[..length]).Split('\n');
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);
}
