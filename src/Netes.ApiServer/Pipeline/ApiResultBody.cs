using System.IO.Pipelines;

namespace Netes.ApiServer;

/// <summary>The body of an answer.</summary>
public abstract record ApiResultBody
{
    private ApiResultBody()
    {
    }

    /// <summary>Known bytes, sent one after another. They are shared with caches: nobody changes them.</summary>
    public sealed record Segments(IReadOnlyList<ReadOnlyMemory<byte>> Parts) : ApiResultBody
    {
        public static Segments None { get; } = new([]);

        public long LengthBytes => Parts.Sum(static part => (long)part.Length);
    }

    /// <summary>
    /// Bytes that come over time: <c>WriteAsync</c> writes and flushes until it is done or cancelled. The headers go
    /// out before it is called. It runs once, on the request's own task.
    /// </summary>
    public sealed record Stream(Func<PipeWriter, CancellationToken, Task> WriteAsync) : ApiResultBody;

    /// <summary>
    /// The connection changes its protocol (101): <c>RunAsync</c> gets the client's raw stream and owns it until it
    /// returns.
    /// </summary>
    public sealed record Upgraded(Func<System.IO.Stream, CancellationToken, Task> RunAsync) : ApiResultBody;
}
