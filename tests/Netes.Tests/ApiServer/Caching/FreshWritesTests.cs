using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Caching;

namespace Netes.Tests.ApiServer.Caching;

/// <summary>Goal: what was just written is known until it has come back, and not a moment longer.</summary>
public sealed class FreshWritesTests
{
    private const string Key = "/registry/configmaps/a/b";

    private readonly FreshWrites _writes = new();

    [Fact]
    public void Version_stays_until_it_has_come_back()
    {
        _writes.Add(Entry(5), static () => false);
        _writes.Forget(Key, 4);
        Assert.Equal(5, _writes.Find(Key)?.Revision);
        _writes.Forget(Key, 5);
        Assert.Null(_writes.Find(Key));
    }

    [Fact]
    public void Version_that_came_back_before_it_was_added_is_not_kept()
    {
        _writes.Add(Entry(5), static () => true);
        Assert.Null(_writes.Find(Key));
    }

    [Fact]
    public void Newer_version_wins_whatever_the_order()
    {
        _writes.Add(Entry(6), static () => false);
        _writes.Add(Entry(5), static () => false);
        Assert.Equal(6, _writes.Find(Key)?.Revision);
    }

    [Fact]
    public void Record_is_handed_over_once_and_for_its_own_bytes_only()
    {
        var record = new ConfigMap { Metadata = new() { Name = "b" } };
        var json = JsonCodec.Encode(record);
        _writes.Announce(json, record);
        Assert.Null(_writes.Take(JsonCodec.Encode(record)));
        Assert.Same(record, _writes.Take(json));
        Assert.Null(_writes.Take(json));
    }

    private static CacheEntry Entry(long revision) => new(Key, "{}"u8.ToArray(), revision);
}
