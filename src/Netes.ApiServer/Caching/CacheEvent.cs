namespace Netes.ApiServer.Caching;

/// <summary>
/// One change of one object. Created: no <c>Previous</c>. Deleted: no <c>Current</c>, and <c>Previous</c> is the last
/// state with the revision of the deletion.
/// </summary>
internal readonly record struct CacheEvent(long Revision, CacheEntry? Current, CacheEntry? Previous)
{
    /// <summary>The entry whose key and bytes the event is about.</summary>
    public CacheEntry Subject => Current ?? Previous!;
}
