namespace Netes.Client;

/// <summary>
/// The answer to an <see cref="ApiRequest"/>. The body of a watch or a followed log arrives while it is read; dispose
/// to end the request.
/// </summary>
public sealed class ApiResponse : IAsyncDisposable
{
    private readonly ReadOnlyMemory<byte>? _bytes;
    private readonly IDisposable? _owner;
    private Stream? _stream;

    /// <summary>An answer whose body is already here.</summary>
    public ApiResponse(int statusCode, string contentType, ReadOnlyMemory<byte> body)
    {
        StatusCode = statusCode;
        ContentType = contentType;
        _bytes = body;
    }

    /// <summary>An answer that is still arriving; <paramref name="owner"/> is disposed with it.</summary>
    public ApiResponse(int statusCode, string contentType, Stream body, IDisposable? owner)
    {
        StatusCode = statusCode;
        ContentType = contentType;
        _stream = body;
        _owner = owner;
    }

    public int StatusCode { get; }

    public string ContentType { get; }

    /// <summary>From the Retry-After header; null when there is none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool IsSuccess => StatusCode is >= 200 and < 300;

    public Stream Body => _stream ??= new MemoryStream(_bytes.GetValueOrDefault().ToArray(), writable: false);

    /// <summary>The whole body.</summary>
    /// <exception cref="InvalidDataException">The body is longer than <paramref name="maxBytes"/>.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAllAsync(long maxBytes, CancellationToken cancel)
    {
        if (_bytes is { } bytes)
        {
            return bytes;
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await Body.ReadAsync(chunk, cancel)) > 0)
        {
            if (buffer.Length + read > maxBytes)
            {
                throw new InvalidDataException($"the answer is longer than {maxBytes} bytes");
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }

        _owner?.Dispose();
    }
}
