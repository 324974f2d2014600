namespace Netes.Store.Revisions;

/// <summary>
/// What was before the revision at which a <see cref="RevisionIndex"/> began: built beside it without its values, and
/// joined to it in steps.
/// </summary>
internal sealed class Past
{
    private readonly Dictionary<string, KeyHistory> _keys = new(StringComparer.Ordinal);
    private readonly List<Replaced> _replaced = [];
    private readonly Dictionary<KeyHistory, KeyHistory> _joined = [];

    public Dictionary<string, KeyHistory> Keys => _keys;

    /// <summary>The keys that had more than what the index began with, in order: neighbours join together.</summary>
    public IEnumerable<KeyHistory> Histories => _keys.Values
        .Where(history => history.Newest is { IsDeleted: true } or { Older: not null })
        .OrderBy(
            history => history.Key, Comparer<string>.Create(static (left, right) => KeyOrder.Compare(left, right)));

    /// <summary>What was there at the end, ascending.</summary>
    public IEnumerable<long> Live => _keys.Values
        .Select(history => history.Newest!).Where(newest => !newest.IsDeleted).Select(newest => newest.ModRevision)
        .Order();

    /// <summary>The next revision.</summary>
    public void Add(in StoreEvent change)
    {
        if (!_keys.TryGetValue(change.Key, out KeyHistory? history))
        {
            _keys.Add(change.Key, history = new KeyHistory(change.Key));
        }

        bool isDeleted = change.Kind == StoreEventKind.Delete;
        KeyVersion? older = history.Newest;
        history.Push(new KeyVersion(
            change.Revision, change.CreateRevision, isDeleted, hasValue: isDeleted, default, older));

        // Where the replaced one is not there, it has been compacted, and nothing is left to do for it.
        if (isDeleted || older is { IsDeleted: false })
        {
            _replaced.Add(new Replaced(change.Revision, change.PreviousModRevision, isDeleted, history));
        }
    }

    /// <summary>By the index: under which history a key's past is now.</summary>
    public void Joined(KeyHistory past, KeyHistory present) => _joined.Add(past, present);

    /// <summary>When all histories have been joined.</summary>
    public Queue<Replaced> Replaced() =>
        new(_replaced.Select(entry => entry with { History = _joined[entry.History] }));
}
