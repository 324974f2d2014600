namespace Netes.Store.Revisions;

/// <summary>
/// Which key holds what at which revision, in memory. One writer (the caller's duty) and any number of readers without
/// locks: a reader takes <see cref="Current"/> first and then sees nothing above it, so that a batch appears at once
/// when the writer moves <see cref="Current"/>; it checks <see cref="Compacted"/> last, so that it never returns a page
/// from which compaction removed something meanwhile.
/// </summary>
/// <param name="current">The newest revision.</param>
/// <param name="compacted">The oldest readable revision.</param>
/// <param name="keepsOldValues">Whether replaced values stay in memory; otherwise the caller has them on disk.</param>
internal sealed class RevisionIndex(long current, long compacted, bool keepsOldValues)
{
    private Queue<Replaced> _replaced = new();
    private KeyMap _keys = KeyMap.Empty;
    private long _current = current;
    private long _compacted = compacted;

    public long Current => Volatile.Read(ref _current);

    public long Compacted => Volatile.Read(ref _compacted);

    /// <summary>The newest version of a key, or null.</summary>
    public KeyVersion? Find(string key)
    {
        // A key that compaction removes in between was deleted before: null either way.
        long at = Current;
        return Volatile.Read(ref _keys).Find(key)?.At(at);
    }

    public IndexPage List(string prefix, long revision, string? afterKey, int limit)
    {
        while (true)
        {
            long now = Current;
            long at = revision == 0 ? now : revision;
            if (at > now)
            {
                throw new RevisionInFutureException(at, now);
            }

            IndexPage page = Walk(prefix, at, afterKey, limit);
            if (at >= Compacted)
            {
                return page;
            }

            if (revision != 0)
            {
                throw new RevisionCompactedException(revision, Compacted);
            }
        }
    }

    /// <summary>What is there now: the revision, and those of the entries, ascending.</summary>
    public (long Revision, long[] Live) Live()
    {
        long at = Current;
        var live = new List<long>();
        foreach (KeyHistory history in Volatile.Read(ref _keys).From(""))
        {
            if (history.At(at) is { } version)
            {
                live.Add(version.ModRevision);
            }
        }

        live.Sort();
        return (at, [.. live]);
    }

    /// <summary>Fills an empty index; versions come in order of revision. Ends with <see cref="Loaded"/>.</summary>
    public void Load(Dictionary<string, KeyHistory> keys, in StoreEvent change)
    {
        KeyHistory history = HistoryOf(keys, change.Key);
        Push(history, change);
        Forget(history);
    }

    /// <summary>What was there where loading begins: nothing is known of what it replaced.</summary>
    public static void LoadBase(Dictionary<string, KeyHistory> keys, in StoreEvent change) =>
        HistoryOf(keys, change.Key).Push(new KeyVersion(
            change.Revision, change.CreateRevision, isDeleted: false, hasValue: true, change.Value, older: null));

    public void Loaded(Dictionary<string, KeyHistory> keys)
    {
        KeyHistory[] sorted = [.. keys.Values];
        Array.Sort(sorted, static (left, right) => KeyOrder.Compare(left.Key, right.Key));
        Volatile.Write(ref _keys, KeyMap.FromSorted(sorted));
    }

    /// <summary>
    /// By the writer: continues some keys, which are in order, into the past. Until it has been done for all, and then
    /// <see cref="JoinReplaced"/>, nothing below where loading began can be listed or compacted.
    /// </summary>
    public void Join(Past past, IEnumerable<KeyHistory> histories)
    {
        var gone = new List<KeyHistory>();
        foreach (KeyHistory history in histories)
        {
            if (_keys.Find(history.Key) is { } present)
            {
                present.Continue(history);
                past.Joined(history, present);
            }
            else
            {
                gone.Add(history);
                past.Joined(history, history);
            }
        }

        Volatile.Write(ref _keys, _keys.AddAll(gone));
    }

    /// <summary>By the writer: what was replaced in the past comes before what has been replaced since.</summary>
    public void JoinReplaced(Queue<Replaced> past)
    {
        foreach (Replaced entry in _replaced)
        {
            past.Enqueue(entry);
        }

        _replaced = past;
    }

    /// <summary>Makes a durable batch visible, all of it at once.</summary>
    public void Apply(ReadOnlySpan<StoreEvent> events)
    {
        Invariant.Holds(events[0].Revision == Current + 1, "revisions have no gap");
        KeyMap keys = _keys;
        foreach (ref readonly StoreEvent change in events)
        {
            KeyHistory? history = keys.Find(change.Key);
            if (history is null)
            {
                history = new KeyHistory(change.Key);
                keys = keys.Add(history);
            }

            Push(history, change);
        }

        Volatile.Write(ref _keys, keys);
        Volatile.Write(ref _current, events[^1].Revision);
        if (keepsOldValues)
        {
            return;
        }

        foreach (ref readonly StoreEvent change in events)
        {
            Forget(keys.Find(change.Key));
        }
    }

    /// <summary>
    /// Moves <see cref="Compacted"/> and forgets what was replaced until then. Returns the revisions now unreadable.
    /// </summary>
    public List<long> Compact(long revision)
    {
        Invariant.Holds(revision >= Compacted && revision <= Current, "compaction moves on, within what is written");
        Volatile.Write(ref _compacted, revision);
        List<long> dead = [];
        KeyMap keys = _keys;
        while (_replaced.TryPeek(out Replaced entry) && entry.Revision <= revision)
        {
            _replaced.Dequeue();
            if (entry.Previous != 0)
            {
                dead.Add(entry.Previous);
            }

            if (entry.IsDeleted)
            {
                dead.Add(entry.Revision);
            }

            // The same key may be in the queue again, or have been created anew since it was removed here.
            KeyHistory? history = entry.History;
            if (!history.Trim(revision) && ReferenceEquals(keys.Find(history.Key), history))
            {
                keys = keys.Remove(history.Key);
            }
        }

        Volatile.Write(ref _keys, keys);
        return dead;
    }

    private static KeyHistory HistoryOf(Dictionary<string, KeyHistory> keys, string key)
    {
        if (!keys.TryGetValue(key, out KeyHistory? history))
        {
            keys.Add(key, history = new KeyHistory(key));
        }

        return history;
    }

    private void Push(KeyHistory history, in StoreEvent change)
    {
        bool isDeleted = change.Kind == StoreEventKind.Delete;
        history.Push(new KeyVersion(
            change.Revision, change.CreateRevision, isDeleted, hasValue: true, change.Value, history.Newest));
        if (change.PreviousModRevision != 0 || isDeleted)
        {
            _replaced.Enqueue(new Replaced(change.Revision, change.PreviousModRevision, isDeleted, history));
        }
    }

    private static void Forget(KeyHistory? history)
    {
        // By copies, not by clearing: a reader that already holds the old version goes on with its value.
        for (KeyVersion? version = history?.Newest; version?.Older is { HasValue: true } older;)
        {
            version.Older = older.WithoutValue();
            version = version.Older;
        }
    }

    private IndexPage Walk(string prefix, long at, string? afterKey, int limit)
    {
        bool continues = afterKey is not null && KeyOrder.Compare(afterKey, prefix) >= 0;
        List<IndexEntry> entries = [];
        long remaining = 0;
        foreach (KeyHistory history in Volatile.Read(ref _keys).From(continues ? afterKey! : prefix))
        {
            if (!history.Key.StartsWith(prefix, StringComparison.Ordinal))
            {
                break;
            }

            if (history.At(at) is not { } version || (continues && history.Key == afterKey))
            {
                continue;
            }

            if (limit > 0 && entries.Count == limit)
            {
                remaining++;
            }
            else
            {
                entries.Add(new IndexEntry(history.Key, version));
            }
        }

        return new IndexPage(at, entries, remaining);
    }
}

internal readonly record struct IndexEntry(string Key, KeyVersion Version);

internal readonly record struct IndexPage(long Revision, List<IndexEntry> Entries, long Remaining);

/// <summary>A revision after whose compaction an earlier one of its key is unreadable; 0: there is none.</summary>
internal readonly record struct Replaced(long Revision, long Previous, bool IsDeleted, KeyHistory History);
