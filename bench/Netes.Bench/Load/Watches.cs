using Netes.Client;

namespace Netes.Bench.Load;

/// <summary>Watches that are read line by line.</summary>
internal static class Watches
{
    /// <summary>Where a watch that misses nothing from now on begins.</summary>
    public static async Task<string> RevisionAsync(ApiLoad load, string collection, CancellationToken cancel)
    {
        byte[] list = await load.ReadAsync($"{collection}?limit=1", cancel);
        using var json = System.Text.Json.JsonDocument.Parse(list);
        return json.RootElement.GetProperty("metadata").GetProperty("resourceVersion").GetString()!;
    }

    /// <summary>Opens; the task inside ends when <paramref name="onLine"/> says that it was enough.</summary>
    public static async Task<Task> LinesAsync(
        ApiLoad load, string path, Func<ReadOnlyMemory<byte>, bool> onLine, CancellationToken cancel, int worker = 0)
    {
        ApiResponse response = await OpenAsync(load, worker, path, cancel);
        return Read();

        async Task Read()
        {
            await using (response)
            {
                var buffer = new byte[256 << 10];
                for (int filled = 0; ;)
                {
                    int read = await response.Body.ReadAsync(buffer.AsMemory(filled), cancel);
                    if (read == 0)
                    {
                        throw new InvalidOperationException("a watch ended early");
                    }

                    filled += read;
                    int start = 0;
                    for (int end; (end = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n')) >= 0;)
                    {
                        if (onLine(buffer.AsMemory(start, end)))
                        {
                            return;
                        }

                        start += end + 1;
                    }

                    buffer.AsSpan(start, filled - start).CopyTo(buffer);
                    filled -= start;
                    if (filled == buffer.Length)
                    {
                        Array.Resize(ref buffer, buffer.Length * 2);
                    }
                }
            }
        }
    }

    private static async Task<ApiResponse> OpenAsync(
        ApiLoad load, int worker, string path, CancellationToken cancel)
    {
        ApiResponse response = await load.OpenAsync(worker, path, cancel);
        if (!response.IsSuccess)
        {
            await using (response)
            {
                throw new InvalidOperationException($"GET {path}: {response.StatusCode}");
            }
        }

        return response;
    }
}
