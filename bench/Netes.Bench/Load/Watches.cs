using System.Buffers;
using Netes.Client;

namespace Netes.Bench.Load;

/// <summary>Watches that are only counted, and one that is read line by line.</summary>
internal static class Watches
{
    /// <summary>Where a watch that misses nothing from now on begins.</summary>
    public static async Task<string> RevisionAsync(ApiLoad load, string collection, CancellationToken cancel)
    {
        byte[] list = await load.ReadAsync($"{collection}?limit=1", cancel);
        using var json = System.Text.Json.JsonDocument.Parse(list);
        return json.RootElement.GetProperty("metadata").GetProperty("resourceVersion").GetString()!;
    }

    /// <summary>Opens; the task inside ends when so many events have come.</summary>
    public static async Task<Task> CountAsync(
        ApiLoad load, int worker, string path, long events, CancellationToken cancel)
    {
        ApiResponse response = await OpenAsync(load, worker, path, cancel);
        return Count();

        async Task Count()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
            await using (response)
            {
                for (long seen = 0; seen < events;)
                {
                    int read = await response.Body.ReadAsync(buffer, cancel);
                    if (read == 0)
                    {
                        throw new InvalidOperationException($"a watch ended after {seen} of {events} events");
                    }

                    seen += buffer.AsSpan(0, read).Count((byte)'\n');
                }
            }

            ArrayPool<byte>.Shared.Return(buffer);
        }
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
