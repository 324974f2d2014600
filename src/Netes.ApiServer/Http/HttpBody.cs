using Microsoft.AspNetCore.Http;
using Netes.Api;

namespace Netes.ApiServer.Http;

/// <summary>The body of an HTTP request.</summary>
internal sealed class HttpBody(HttpRequest request) : IRequestBody
{
    public async ValueTask<ReadOnlyMemory<byte>> ReadAllAsync(int limitBytes, CancellationToken cancel)
    {
        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
        {
            throw ApiErrors.UnsupportedMediaType("compressed request bodies are not supported");
        }

        if (request.ContentLength > limitBytes)
        {
            throw TooLarge(limitBytes);
        }

        var bytes = new byte[request.ContentLength is > 0 and var known ? (int)known : 4096];
        var length = 0;
        while (true)
        {
            if (length == bytes.Length)
            {
                if (request.ContentLength == length)
                {
                    return bytes;
                }

                Array.Resize(ref bytes, Math.Min(bytes.Length * 2, limitBytes + 1));
            }

            var read = await ReadAsync(bytes.AsMemory(length), cancel);
            if (read == 0)
            {
                return bytes.AsMemory(0, length);
            }

            length += read;
            if (length > limitBytes)
            {
                throw TooLarge(limitBytes);
            }
        }
    }

    private async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancel)
    {
        try
        {
            return await request.Body.ReadAsync(into, cancel);
        }
        catch (BadHttpRequestException exception)
        {
            throw ApiErrors.BadRequest(exception.Message);
        }
    }

    public Stream OpenRead() => request.Body;

    private static ApiException TooLarge(int limitBytes) => ApiErrors.RequestEntityTooLarge($"limit is {limitBytes}");
}
