using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Caching;

namespace Netes.ApiServer.Registry;

/// <summary>
/// How fresh a read must be. Source: kubernetes.io "Resource versions"; apiserver pkg/storage/cacher/cacher.go.
/// </summary>
internal sealed class Freshness(CacheFeed feed, TimeProvider time)
{
    // Source: apiserver pkg/storage/cacher/watch_cache.go, blockTimeout.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Every event up to here is in the caches.</summary>
    public long Applied => feed.AppliedRevision;

    /// <summary>True when the server is stopping: nothing new will come.</summary>
    public bool IsStopped => feed.IsStopped;

    /// <summary>
    /// Empty: all that was acknowledged; "0": whatever there is; a revision: at least that one, or 504 after a while.
    /// </summary>
    public async ValueTask WaitAsync(string resourceVersion, CancellationToken cancel)
    {
        if (resourceVersion.Length == 0)
        {
            await feed.WaitForLatestAsync(cancel);
            return;
        }

        await WaitAsync(ResourceVersions.Parse(resourceVersion), cancel);
    }

    public async ValueTask WaitAsync(long revision, CancellationToken cancel)
    {
        if (feed.AppliedRevision >= revision)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            await feed.WaitForAsync(revision, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw TooLarge(revision, feed.AppliedRevision);
        }
    }

    // Source: apiserver pkg/storage/errors.go, NewTooLargeResourceVersionError.
    private static ApiException TooLarge(long revision, long current)
    {
        var status = ApiErrors.Timeout($"Too large resource version: {revision}, current: {current}", 1).Status;
        return new(status with
        {
            Details = status.Details! with
            {
                Causes =
                [
                    new() { Type = CauseType.ResourceVersionTooLarge, Message = "Too large resource version" },
                ],
            },
        });
    }
}
