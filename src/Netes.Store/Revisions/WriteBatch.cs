using System.Runtime.InteropServices;

namespace Netes.Store.Revisions;

/// <summary>One write as it was asked for.</summary>
internal readonly record struct WriteRequest(
    StoreEventKind Kind, string Key, ReadOnlyMemory<byte> Value, long? ExpectedRevision);

/// <summary>
/// Writes decided one after the other on top of an index, each seeing those before it, and not yet durable: neither
/// the events nor the results may leave before they are, not even a conflict: it may show a write of this batch.
/// </summary>
internal sealed class WriteBatch(RevisionIndex index)
{
    private readonly List<StoreEvent> _events = [];
    private readonly Dictionary<string, int> _lastEventOf = new(StringComparer.Ordinal);

    public ReadOnlySpan<StoreEvent> Events => CollectionsMarshal.AsSpan(_events);

    public WriteResult Stage(in WriteRequest request)
    {
        StoredEntry? current = CurrentOf(request.Key);
        bool isDelete = request.Kind == StoreEventKind.Delete;
        bool holds = request.ExpectedRevision is not { } expected || expected == (current?.ModRevision ?? 0);
        if (!holds || (isDelete && current is null))
        {
            return new WriteResult.Conflict(current);
        }

        long revision = index.Current + _events.Count + 1;
        _lastEventOf[request.Key] = _events.Count;
        _events.Add(new StoreEvent(
            revision,
            request.Kind,
            request.Key,
            isDelete ? default : request.Value,
            current?.Value ?? default,
            current?.CreateRevision ?? revision,
            current?.ModRevision ?? 0));
        return new WriteResult.Written(revision);
    }

    /// <summary>The events as what watchers share.</summary>
    public StoreEventBatch ToEventBatch() => new(_events[^1].Revision, _events.ToArray());

    private StoredEntry? CurrentOf(string key)
    {
        if (_lastEventOf.TryGetValue(key, out int last))
        {
            StoreEvent staged = _events[last];
            return staged.Kind == StoreEventKind.Delete
                ? null
                : new StoredEntry(key, staged.Value, staged.CreateRevision, staged.Revision);
        }

        return index.Find(key) is { } version
            ? new StoredEntry(key, version.Value, version.CreateRevision, version.ModRevision)
            : null;
    }
}
