using System.Runtime.InteropServices;

namespace Netes.Nodes.Proxy;

/// <summary>
/// nftables inside our process, through libnftables: a change costs no process. One instance belongs to one thread at
/// a time and to the network namespace it was made in.
/// </summary>
public sealed partial class LibNftables : IDisposable
{
    private const string Library = "libnftables.so.1";
    private readonly nint _context;

    public LibNftables()
    {
        _context = NewContext(0);
        if (_context == 0)
        {
            throw new InvalidOperationException("libnftables: no context");
        }

        _ = BufferErrors(_context);
        _ = BufferOutput(_context);
    }

    /// <summary>Runs commands as one transaction: all of them or none.</summary>
    /// <exception cref="InvalidOperationException">The kernel or the parser refused; the message says what.</exception>
    public string Run(string commands)
    {
        var failed = RunBuffer(_context, commands) != 0;
        var output = Marshal.PtrToStringUTF8(GetOutput(_context)) ?? "";
        var errors = Marshal.PtrToStringUTF8(GetErrors(_context)) ?? "";
        return failed ? throw new InvalidOperationException($"nftables: {errors.Trim()}") : output;
    }

    public void Dispose() => FreeContext(_context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_new")]
    private static partial nint NewContext(uint flags);

    [LibraryImport(Library, EntryPoint = "nft_ctx_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_buffer_error")]
    private static partial int BufferErrors(nint context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_buffer_output")]
    private static partial int BufferOutput(nint context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_get_error_buffer")]
    private static partial nint GetErrors(nint context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_get_output_buffer")]
    private static partial nint GetOutput(nint context);

    [LibraryImport(Library, EntryPoint = "nft_run_cmd_from_buffer", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RunBuffer(nint context, string commands);
}
