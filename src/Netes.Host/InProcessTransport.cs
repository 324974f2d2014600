using System.IO.Pipelines;
using Netes.ApiServer;
using Netes.ApiServer.Authentication;
using Netes.Client;

namespace Netes.Host;

/// <summary>
/// Requests within the process, in a user's name: the same authorization, admission and rules, without sockets and TLS.
/// </summary>
/// <param name="handle">The API server's handler.</param>
/// <param name="user">Who asks.</param>
public sealed class InProcessTransport(
    Func<ApiCall, CancellationToken, Task<ApiResult>> handle, UserIdentity user) : IApiTransport
{
    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
    {
        var question = request.PathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? request.PathAndQuery : request.PathAndQuery[..question];
        var headers = new ApiHeaders().Add("Accept", request.Accept);
        if (!request.Body.IsEmpty)
        {
            headers.Add("Content-Type", request.ContentType);
        }

        var call = new ApiCall
        {
            Method = request.Method.Method,
            Path = Uri.UnescapeDataString(path),
            Query = ApiQuery.Parse(question < 0 ? "" : request.PathAndQuery[question..]),
            Headers = headers,
            Body = new MemoryBody(request.Body),
            InProcessUser = user,
        };
        var result = await handle(call, cancel);
        return result.Body switch
        {
            ApiResultBody.Segments { Parts: [var only] } => Response(result, only),
            ApiResultBody.Segments segments => Response(result, Join(segments)),
            ApiResultBody.Stream stream => Response(result, stream, cancel),
            _ => throw new NotSupportedException("a connection within the process cannot change its protocol"),
        };
    }

    private static ApiResponse Response(ApiResult result, ReadOnlyMemory<byte> body) =>
        new(result.StatusCode, result.ContentType, body) { RetryAfter = RetryAfter(result) };

    private static ApiResponse Response(ApiResult result, ApiResultBody.Stream stream, CancellationToken cancel)
    {
        var running = new RunningBody(stream, cancel);
        return new(result.StatusCode, result.ContentType, running.Body, running) { RetryAfter = RetryAfter(result) };
    }

    private static TimeSpan? RetryAfter(ApiResult result) =>
        int.TryParse(result.Headers["Retry-After"], out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    private static byte[] Join(ApiResultBody.Segments segments)
    {
        var joined = new byte[segments.LengthBytes];
        var offset = 0;
        foreach (var part in segments.Parts)
        {
            part.Span.CopyTo(joined.AsSpan(offset));
            offset += part.Length;
        }

        return joined;
    }

    /// <summary>A body that is written while it is read; disposing it ends the writer.</summary>
    private sealed class RunningBody : IDisposable
    {
        private readonly CancellationTokenSource _stop;
        private readonly Pipe _pipe = new();
        private readonly Task _writing;

        public RunningBody(ApiResultBody.Stream stream, CancellationToken cancel)
        {
            _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            Body = _pipe.Reader.AsStream();
            _writing = WriteAsync(stream);
        }

        public Stream Body { get; }

        public void Dispose() => _ = EndAsync();

        // The source is disposed last: the writer may still look at its token.
        private async Task EndAsync()
        {
            await _stop.CancelAsync();
            await _writing;
            _stop.Dispose();
        }

        private async Task WriteAsync(ApiResultBody.Stream stream)
        {
            Exception? failure = null;
            try
            {
                await stream.WriteAsync(_pipe.Writer, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // The reader has gone, so nobody is left to be told.
                failure = null;
            }
            catch (Exception error)
            {
                failure = error;
            }

            await _pipe.Writer.CompleteAsync(failure);
        }
    }
}
