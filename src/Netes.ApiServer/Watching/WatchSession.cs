using System.Buffers;
using System.IO.Pipelines;
using Netes.Api;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Metrics;
using Netes.ApiServer.Registry;
using Netes.Store;

namespace Netes.ApiServer.Watching;

/// <summary>
/// One watch: a position in the ring that all watches of the resource share. It reads at its client's pace. When it
/// fell out of the ring it reads on from the store's history; when that is gone too, it ends with 410. Nothing is
/// skipped, nothing is kept for it.
/// </summary>
internal sealed class WatchSession(
    IStore store, Freshness freshness, ServedResource resource, WatchEventWriter writer, TimeProvider time)
{
    // Source: apiserver pkg/storage/cacher/cacher.go, defaultBookmarkFrequency.
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan TimerPrecision = TimeSpan.FromMilliseconds(20);

    private const int FlushBytes = 64 * 1024;
    private const int EventsAtOnce = 64;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _gathered;

    private long _seen;

    /// <summary>Events after it are sent; 0: from now on.</summary>
    public required long Revision { get; init; }

    /// <summary>What there is comes first, as ADDED.</summary>
    public required bool SendsState { get; init; }

    /// <summary>A bookmark says when all of that was sent.</summary>
    public required bool MarksEndOfState { get; init; }

    public required bool Bookmarks { get; init; }

    public required Selection Selection { get; init; }

    public required DateTimeOffset End { get; init; }

    public required WatchMeter Meter { get; init; }

    public async Task RunAsync(PipeWriter output, CancellationToken cancel)
    {
        var wakeup = new Wakeup();
        using var membership = resource.Cache.Changed.Join(wakeup);
        await using var timer = time.CreateTimer(
            static state => ((Wakeup)state!).Signal(), wakeup, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var ending = cancel.UnsafeRegister(static state => ((Wakeup)state!).Signal(), wakeup);
        var position = await BeginAsync(output, cancel);
        var bookmarkAt = time.GetUtcNow() + BookmarkInterval;
        var wakeAt = DateTimeOffset.MinValue;
        var events = new CacheEvent[EventsAtOnce];
        while (position >= 0 && !cancel.IsCancellationRequested)
        {
            var applied = freshness.Applied;
            var count = resource.Cache.Ring.Read(position, events);
            if (count < 0)
            {
                position = await ReplayAsync(output, cancel);
                continue;
            }

            if (count > 0)
            {
                position += count;
                if (!await SendAsync(events.AsMemory(0, count), output, cancel))
                {
                    return;
                }

                continue;
            }

            _seen = Math.Max(_seen, applied);
            var now = time.GetUtcNow();
            if (now >= End || freshness.IsStopped)
            {
                await BookmarkAsync(output, cancel);
                return;
            }

            if (now >= bookmarkAt)
            {
                await BookmarkAsync(output, cancel);
                bookmarkAt = now + BookmarkInterval;
            }

            // A timer may be a little early: then it is set once more.
            if (now + TimerPrecision >= wakeAt)
            {
                wakeAt = Bookmarks && bookmarkAt < End ? bookmarkAt : End;
                timer.Change(Positive(wakeAt - now), Timeout.InfiniteTimeSpan);
            }

            await wakeup.WaitAsync();
        }
    }

    // The position to go on from, or -1 when the watch has ended.
    private async ValueTask<long> BeginAsync(PipeWriter output, CancellationToken cancel)
    {
        if (!SendsState)
        {
            _seen = Revision == 0 ? freshness.Applied : Revision;
            var position = resource.Cache.Ring.PositionAfter(_seen);
            return position >= 0 ? position : await ReplayAsync(output, cancel);
        }

        var applied = freshness.Applied;
        var state = resource.Cache.State;
        _seen = Math.Max(applied, state.Revision);
        foreach (var entry in state.Tree.Range(Selection.Prefix, Selection.Prefix))
        {
            if (Selection.Matches(entry))
            {
                var before = output.UnflushedBytes;
                writer.WriteAdded(entry, output);
                Meter.Sent(output.UnflushedBytes - before);
                if (output.UnflushedBytes >= FlushBytes && (await output.FlushAsync(cancel)).IsCompleted)
                {
                    return -1;
                }
            }
        }

        if (MarksEndOfState)
        {
            writer.WriteBookmark(_seen, true, output);
        }

        await output.FlushAsync(cancel);
        var start = resource.Cache.Ring.PositionAfter(_seen);
        return start >= 0 ? start : await ReplayAsync(output, cancel);
    }

    private async ValueTask<bool> SendAsync(
        ReadOnlyMemory<CacheEvent> events, PipeWriter output, CancellationToken cancel)
    {
        while (events.Length > 0)
        {
            events = events[Gather(events.Span, output)..];
            if (output.UnflushedBytes > 0 && (await output.FlushAsync(cancel)).IsCompleted)
            {
                return false;
            }
        }

        return true;
    }

    // Every piece that is written to a stream of HTTP/2 takes its locks: as many events as go out at once are one.
    // Returns how many were taken.
    private int Gather(ReadOnlySpan<CacheEvent> events, PipeWriter output)
    {
        var gathered = _gathered ??= new(FlushBytes);
        var taken = 0;
        while (taken < events.Length && gathered.WrittenCount < FlushBytes)
        {
            ref readonly var change = ref events[taken++];
            if (change.Revision <= _seen)
            {
                continue;
            }

            var before = gathered.WrittenCount;
            if (writer.Write(change, gathered))
            {
                Meter.Sent(gathered.WrittenCount - before);
            }

            _seen = change.Revision;
        }

        if (gathered.WrittenCount > 0)
        {
            // In one piece, whatever the size of the stream's own blocks.
            gathered.WrittenSpan.CopyTo(output.GetSpan(gathered.WrittenCount));
            output.Advance(gathered.WrittenCount);
        }

        gathered.ResetWrittenCount();
        if (gathered.Capacity > FlushBytes * 4)
        {
            _gathered = null;
        }

        return taken;
    }

    // Reads the store's history until the ring has what follows.
    private async ValueTask<long> ReplayAsync(PipeWriter output, CancellationToken cancel)
    {
        if (_seen < store.CompactedRevision)
        {
            return await ExpireAsync(output, cancel);
        }

        try
        {
            await foreach (var batch in store.WatchAsync(resource.Cache.Prefix, _seen, cancel))
            {
                var events = new CacheEvent[batch.Events.Length];
                for (var i = 0; i < events.Length; i++)
                {
                    events[i] = Convert(batch.Events.Span[i]);
                }

                if (!await SendAsync(events, output, cancel))
                {
                    return -1;
                }

                _seen = Math.Max(_seen, batch.Revision);
                if (resource.Cache.Ring.PositionAfter(_seen) is >= 0 and var position)
                {
                    return position;
                }
            }

            return -1;
        }
        catch (RevisionCompactedException)
        {
            return await ExpireAsync(output, cancel);
        }
    }

    private static CacheEvent Convert(in StoreEvent change)
    {
        var previous = change.PreviousModRevision == 0
            ? null
            : new CacheEntry(
                change.Key, change.PreviousValue,
                change.Kind == StoreEventKind.Delete ? change.Revision : change.PreviousModRevision);
        return change.Kind == StoreEventKind.Delete
            ? new(change.Revision, null, previous)
            : new(change.Revision, new(change.Key, change.Value, change.Revision), previous);
    }

    private async ValueTask<long> ExpireAsync(PipeWriter output, CancellationToken cancel)
    {
        writer.WriteError(
            ApiErrors.Expired($"too old resource version: {_seen} ({store.CompactedRevision})").Status, output);
        await output.FlushAsync(cancel);
        return -1;
    }

    private async ValueTask BookmarkAsync(PipeWriter output, CancellationToken cancel)
    {
        if (Bookmarks)
        {
            writer.WriteBookmark(_seen, false, output);
            await output.FlushAsync(cancel);
        }
    }

    private static TimeSpan Positive(TimeSpan span) =>
        span > TimeSpan.FromMilliseconds(1) ? span : TimeSpan.FromMilliseconds(1);
}
