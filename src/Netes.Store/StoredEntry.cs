namespace Netes.Store;

/// <summary>One key at one revision. <c>ModRevision</c> is what Kubernetes shows as <c>resourceVersion</c>.</summary>
public readonly record struct StoredEntry(
    string Key, ReadOnlyMemory<byte> Value, long CreateRevision, long ModRevision);

/// <summary>
/// A page of a list. <c>Revision</c> is what the whole page was read at: pass it on to read the next page of the same
/// state. <c>Remaining</c> counts the keys after this page, 0 on the last one.
/// </summary>
public sealed record StorePage(long Revision, IReadOnlyList<StoredEntry> Entries, long Remaining)
{
    /// <summary>Whether there is a next page, after the last key of this one.</summary>
    public bool HasMore => Remaining > 0;
}
