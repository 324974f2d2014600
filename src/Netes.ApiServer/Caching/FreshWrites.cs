using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Netes.Api;

namespace Netes.ApiServer.Caching;

/// <summary>
/// What was written through this server and has not come back from the store yet. Who changes an object that he has
/// just written starts from here instead of from a cache that is a moment behind; and what was encoded is not decoded
/// again. Everything leaves with the event that brings it back. Any thread may call.
/// </summary>
internal sealed class FreshWrites
{
    // By the array: the store hands over the bytes that it was given. What is never stored goes with its bytes.
    private readonly ConditionalWeakTable<byte[], IKubernetesObject> _records = [];
    private readonly ConcurrentDictionary<string, CacheEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>The record behind bytes that are about to be stored.</summary>
    public void Announce(byte[] json, IKubernetesObject record) => _records.Add(json, record);

    /// <summary>The record behind bytes that the store hands over; null when they were not written here.</summary>
    public IKubernetesObject? Take(ReadOnlyMemory<byte> json)
    {
        if (!MemoryMarshal.TryGetArray(json, out var segment) || segment.Offset != 0
            || segment.Array is not { } array || segment.Count != array.Length
            || !_records.TryGetValue(array, out var record))
        {
            return null;
        }

        _records.Remove(array);
        return record;
    }

    /// <summary>A version that is stored. <paramref name="isApplied"/> says whether it has come back.</summary>
    public void Add(CacheEntry entry, Func<bool> isApplied)
    {
        _entries.AddOrUpdate(
            entry.Key, static (_, made) => made,
            static (_, known, made) => known.Revision > made.Revision ? known : made, entry);

        // It may have come back between the acknowledgement and now; then nobody else takes it out.
        if (isApplied())
        {
            Forget(entry.Key, entry.Revision);
        }
    }

    public CacheEntry? Find(string key) => _entries.GetValueOrDefault(key);

    /// <summary>The cache has the key as of a revision.</summary>
    public void Forget(string key, long revision)
    {
        if (_entries.TryGetValue(key, out var entry) && entry.Revision <= revision)
        {
            _entries.TryRemove(KeyValuePair.Create(key, entry));
        }
    }

    /// <summary>The cache has everything: it was loaded anew.</summary>
    public void Clear() => _entries.Clear();
}
