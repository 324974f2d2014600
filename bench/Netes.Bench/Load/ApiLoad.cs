using System.Buffers;
using System.Text;
using Netes.Client;

namespace Netes.Bench.Load;

/// <summary>
/// Requests over a few HTTP/2 connections, as kbench has them. Bodies are read into one lent buffer and dropped, so
/// that on two cores the load costs little beside the server.
/// </summary>
internal sealed class ApiLoad(IReadOnlyList<HttpTransport> connections) : IDisposable
{
    public const int Connections = 4;

    /// <summary>Sends; any other answer than success is the end of the measure.</summary>
    /// <returns>How many bytes the answer had.</returns>
    public async Task<long> SendAsync(int worker, ApiRequest request, CancellationToken cancel)
    {
        await using ApiResponse response = await connections[worker % connections.Count].SendAsync(request, cancel);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            long length = 0;
            int read;
            int shown = 0;
            while ((read = await response.Body.ReadAsync(buffer.AsMemory(response.IsSuccess ? 0 : shown), cancel)) > 0)
            {
                length += read;
                shown = Math.Min(shown + read, 32 << 10);
            }

            return response.IsSuccess
                ? length
                : throw new InvalidOperationException(
                    $"{request.Method} {request.PathAndQuery}: {response.StatusCode} "
                    + Encoding.UTF8.GetString(buffer, 0, Math.Min(shown, 400)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public async Task<byte[]> ReadAsync(string path, CancellationToken cancel)
    {
        await using ApiResponse response = await connections[0].SendAsync(new(HttpMethod.Get, path), cancel);
        ReadOnlyMemory<byte> body = await response.ReadAllAsync(1 << 30, cancel);
        return response.IsSuccess
            ? body.ToArray()
            : throw new InvalidOperationException($"GET {path}: {Encoding.UTF8.GetString(body.Span)}");
    }

    public Task<ApiResponse> OpenAsync(int worker, string path, CancellationToken cancel) =>
        connections[worker % connections.Count].SendAsync(new(HttpMethod.Get, path), cancel);

    public Task<long> CreateAsync(int worker, string path, byte[] body, CancellationToken cancel) =>
        SendAsync(worker, new ApiRequest(HttpMethod.Post, path) { Body = body }, cancel);

    public Task<long> MergePatchAsync(int worker, string path, byte[] body, CancellationToken cancel) => SendAsync(
        worker,
        new ApiRequest(HttpMethod.Patch, path) { Body = body, ContentType = MediaTypes.MergePatch },
        cancel);

    public void Dispose()
    {
        foreach (HttpTransport connection in connections)
        {
            connection.Dispose();
        }
    }
}
