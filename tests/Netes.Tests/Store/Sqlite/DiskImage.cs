using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Netes.Tests.Store.Sqlite;

/// <summary>
/// A small disk of its own: ext4 in a file, mounted over a loop device. It can be full, and the current can be cut:
/// what was not synced is then lost, as on a real machine, which killing a process never shows.
/// </summary>
internal sealed partial class DiskImage : IDisposable
{
    private const uint Shutdown = 0x8004587d;

    private readonly string _folder = Directory.CreateTempSubdirectory("netes-disk-").FullName;
    private bool _isMounted;

    public DiskImage(long bytes)
    {
        ImagePath = System.IO.Path.Combine(_folder, "image");
        try
        {
            using (FileStream image = File.Create(ImagePath))
            {
                image.SetLength(bytes);
            }

            Run("mkfs.ext4", "-q", "-F", "-m", "0", ImagePath);
            Directory.CreateDirectory(Path);
            Mount();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path => System.IO.Path.Combine(_folder, "mounted");

    /// <summary>Beside the disk, on the machine's own.</summary>
    public string Ledger => System.IO.Path.Combine(_folder, "ledger");

    private string ImagePath { get; set; }

    /// <summary>The disk stops taking anything, and forgets what was not synced.</summary>
    public void CutCurrent()
    {
        using var folder = new SafeFileHandle(Open(Path, 0), ownsHandle: true);
        int withoutFlush = 2;
        if (Ioctl(folder, Shutdown, ref withoutFlush) != 0)
        {
            throw new IOException($"ioctl: error {Marshal.GetLastPInvokeError()}");
        }
    }

    /// <summary>The machine starts again: the file system recovers as after a real power cut.</summary>
    public void Restart()
    {
        Unmount();
        Mount();
        if (!IsAlive())
        {
            // A mount namespace that was made meanwhile, by somebody's container, still holds the dead file system, and
            // the same image is the same file system. A copy of what reached the disk is another one.
            Unmount();
            string copy = System.IO.Path.Combine(_folder, $"image-{Guid.NewGuid():N}");
            File.Copy(ImagePath, copy);
            ImagePath = copy;
            Mount();
        }
    }

    public void Dispose()
    {
        if (_isMounted)
        {
            Unmount();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private bool IsAlive()
    {
        try
        {
            string probe = System.IO.Path.Combine(Path, "probe");
            File.Create(probe).Dispose();
            File.Delete(probe);
            return true;
        }
        catch (IOException)
        {
            // What a file system answers whose current is cut.
            return false;
        }
    }

    private void Mount()
    {
        Run("mount", "-o", "loop", ImagePath, Path);
        _isMounted = true;
    }

    // Busy for a moment when another test is starting a process: until that executes, it has our files open, too.
    private void Unmount()
    {
        const int Tries = 200;
        string errors = Try("umount", Path);
        for (int i = 1; i < Tries && errors.Contains("busy", StringComparison.Ordinal); i++)
        {
            errors = Try("umount", Path);
        }

        Check(errors);
        _isMounted = false;
    }

    private static void Run(string program, params string[] arguments) => Check(Try(program, arguments));

    private static void Check(string errors)
    {
        if (errors.Length > 0)
        {
            throw new IOException(errors);
        }
    }

    // Empty, or what went wrong.
    private static string Try(string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : $"{program} {string.Join(' ', arguments)}: {errors}";
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(SafeFileHandle file, nuint request, ref int argument);
}
