using Netes.Api;

namespace Netes.ApiServer;

/// <summary>The body of a request: read once, as a whole or as a stream.</summary>
public interface IRequestBody
{
    /// <summary>The whole body. More than <paramref name="limitBytes"/> is 413 Request Entity Too Large.</summary>
    ValueTask<ReadOnlyMemory<byte>> ReadAllAsync(int limitBytes, CancellationToken cancel);

    /// <summary>The body as it arrives, for what is proxied.</summary>
    Stream OpenRead();
}

/// <summary>A body that is in memory already.</summary>
public sealed class MemoryBody(ReadOnlyMemory<byte> bytes) : IRequestBody
{
    public static MemoryBody Empty { get; } = new(default);

    public ValueTask<ReadOnlyMemory<byte>> ReadAllAsync(int limitBytes, CancellationToken cancel) =>
        bytes.Length <= limitBytes
            ? ValueTask.FromResult(bytes)
            : throw ApiErrors.RequestEntityTooLarge($"limit is {limitBytes}");

    public Stream OpenRead() => new MemoryStream(bytes.ToArray(), writable: false);
}
