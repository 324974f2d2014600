using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Netes.Cli.Machine;

/// <summary>
/// The database's native library, carried inside the native program. It is loaded from a file in memory; whoever asks
/// for it by its name afterwards gets what is loaded (the dynamic linker knows libraries by their SONAME).
/// </summary>
internal static class DatabaseLibrary
{
    private const string Name = "libe_sqlite3.so";

    /// <summary>Loads it, once, before the database is opened; does nothing where the library is a file beside
    /// us.</summary>
    public static void Load()
    {
        using var carried = typeof(DatabaseLibrary).Assembly.GetManifestResourceStream(Name);
        if (carried is null)
        {
            return;
        }

        var descriptor = Syscalls.CreateMemoryFile(Name);
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        using (var file = new FileStream(handle, FileAccess.Write))
        {
            carried.CopyTo(file);
            file.Flush();
            NativeLibrary.Load($"/proc/self/fd/{descriptor}");
        }
    }
}
