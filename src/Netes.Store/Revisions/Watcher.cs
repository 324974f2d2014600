using System.Runtime.CompilerServices;

namespace Netes.Store.Revisions;

/// <summary>
/// Reads events after a revision from where the ring no longer has them. Throws
/// <see cref="RevisionCompactedException"/> when they are gone; an answer is never empty.
/// </summary>
internal delegate ValueTask<StoreEventBatch> ReadHistory(long afterRevision, CancellationToken cancel);

/// <summary>The loop of one watch: ring, else history, else wait.</summary>
internal static class Watcher
{
    public static async IAsyncEnumerable<StoreEventBatch> RunAsync(
        EventRing ring,
        ReadHistory readHistory,
        string prefix,
        long afterRevision,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        long seen = afterRevision;
        long told = afterRevision;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            Task changed = ring.Changed;
            RingAnswer answer = ring.Read(seen, out StoreEventBatch batch);
            if (answer == RingAnswer.Nothing)
            {
                if (seen > told)
                {
                    told = seen;
                    yield return new StoreEventBatch(seen, default);
                }

                await changed.WaitAsync(cancel);
                continue;
            }

            if (answer == RingAnswer.Dropped)
            {
                batch = await readHistory(seen, cancel);
            }

            seen = batch.Revision;
            batch = Under(prefix, batch);
            if (batch.Events.Length > 0)
            {
                told = seen;
                yield return batch;
            }
        }
    }

    /// <summary>The batch itself where all of it matches, so that most watchers share one array.</summary>
    private static StoreEventBatch Under(string prefix, StoreEventBatch batch)
    {
        int matching = 0;
        foreach (ref readonly StoreEvent change in batch.Events.Span)
        {
            matching += change.Key.StartsWith(prefix, StringComparison.Ordinal) ? 1 : 0;
        }

        if (matching == batch.Events.Length)
        {
            return batch;
        }

        var events = new StoreEvent[matching];
        int next = 0;
        foreach (ref readonly StoreEvent change in batch.Events.Span)
        {
            if (change.Key.StartsWith(prefix, StringComparison.Ordinal))
            {
                events[next++] = change;
            }
        }

        return batch with { Events = events };
    }
}
