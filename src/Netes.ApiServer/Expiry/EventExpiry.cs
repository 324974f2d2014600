using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer.Expiry;

/// <summary>
/// Events end an hour after they were last written to. One loop: it sleeps until the next one is due, or until there is
/// one at all. Source: cmd/kube-apiserver, --event-ttl.
/// </summary>
internal sealed partial class EventExpiry(ServedResource events, ResourceStore store, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // Events that are due close together go together.
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var changed = events.Cache.Changed.Next;
                var next = await DeleteDueAsync(cancel);
                if (next is null)
                {
                    await changed.WaitAsync(cancel);
                    continue;
                }

                await Task.Delay(Positive(next.Value - time.GetUtcNow()) + Together, time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop.
            return;
        }
    }

    /// <summary>Deletes what is due; the time at which the next one will be, or null when none is left.</summary>
    private async ValueTask<DateTimeOffset?> DeleteDueAsync(CancellationToken cancel)
    {
        DateTimeOffset? next = null;
        var now = time.GetUtcNow();
        foreach (var entry in events.Cache.State.Tree.Range(events.Cache.Prefix, events.Cache.Prefix))
        {
            var due = DueAt((Event)entry.Record(events.Stored));
            if (due > now)
            {
                next = next is null || due < next ? due : next;
                continue;
            }

            try
            {
                // A version written meanwhile stays: it is not due any more.
                await store.DeleteAsync(entry, cancel);
            }
            catch (ApiException exception)
            {
                LogKept(logger, entry.Key, exception);
                return now + TimeSpan.FromMinutes(1);
            }
        }

        return next;
    }

    private static DateTimeOffset DueAt(Event value)
    {
        var last = value.Metadata.CreationTimestamp?.ToDateTimeOffset() ?? DateTimeOffset.MinValue;
        foreach (var seen in (ReadOnlySpan<DateTimeOffset?>)
            [value.LastTimestamp?.ToDateTimeOffset(), value.Series?.LastObservedTime?.ToDateTimeOffset()])
        {
            last = seen > last ? seen.Value : last;
        }

        return last + Lifetime;
    }

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    [LoggerMessage(LogLevel.Warning, "The event {Key} is due but was not deleted")]
    private static partial void LogKept(ILogger logger, string key, Exception exception);
}
