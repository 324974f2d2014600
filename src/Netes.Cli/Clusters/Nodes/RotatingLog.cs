using System.Text;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>A log file of at most 10 MiB with one predecessor (".1"), so that no program can fill the disk.</summary>
internal sealed class RotatingLog(string path) : IAsyncDisposable
{
    private const long LongestBytes = 10 << 20;
    private readonly SemaphoreSlim turn = new(1);
    private FileStream file = Open(path);

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Copies until the other side closes.</summary>
    public async Task CopyFromAsync(Stream from)
    {
        var buffer = new byte[16 << 10];
        int count;
        while ((count = await from.ReadAsync(buffer, CancellationToken.None)) > 0)
        {
            await WriteAsync(buffer.AsMemory(0, count));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        turn.Dispose();
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await turn.WaitAsync(CancellationToken.None);
        try
        {
            if (file.Length > LongestBytes)
            {
                await file.DisposeAsync();
                File.Move(path, path + ".1", overwrite: true);
                file = Open(path);
            }

            await file.WriteAsync(bytes, CancellationToken.None);
            await file.FlushAsync(CancellationToken.None);
        }
        finally
        {
            turn.Release();
        }
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Append, FileAccess.Write, FileShare.Read | FileShare.Delete);
}
