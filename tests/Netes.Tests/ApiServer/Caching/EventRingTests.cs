using Netes.ApiServer.Caching;

namespace Netes.Tests.ApiServer.Caching;

public sealed class EventRingTests
{
    [Fact]
    public void Position_after_a_revision_is_that_of_the_next_event()
    {
        var ring = Filled(1 << 20, 10, 20, 30);
        var events = new CacheEvent[8];
        Assert.Equal(3, ring.Read(ring.PositionAfter(5), events));
        Assert.Equal(2, ring.Read(ring.PositionAfter(10), events));
        Assert.Equal(20, events[0].Revision);
        Assert.Equal(0, ring.Read(ring.PositionAfter(30), events));
        Assert.Equal(-1, ring.PositionAfter(4));
    }

    [Fact]
    public void Full_ring_drops_the_oldest_and_says_so()
    {
        var ring = Filled(1000, [.. Enumerable.Range(1, 100).Select(static i => 10L * i)]);
        Assert.Equal(-1, ring.PositionAfter(10));
        var position = ring.PositionAfter(990);
        var events = new CacheEvent[8];
        Assert.Equal(1, ring.Read(position, events));
        Assert.Equal(1000, events[0].Revision);
        Assert.Equal(-1, ring.Read(0, events));
    }

    [Fact]
    public void Positions_of_before_a_loss_are_gone()
    {
        var ring = Filled(1 << 20, 10, 20, 30);
        var newest = ring.PositionAfter(30);
        ring.StartAfter(40);
        var events = new CacheEvent[8];
        Assert.Equal(-1, ring.Read(newest, events));
        Assert.Equal(0, ring.Read(ring.PositionAfter(40), events));
    }

    private static EventRing Filled(long limitBytes, params long[] revisions)
    {
        var ring = new EventRing(limitBytes);
        ring.StartAfter(5);
        foreach (var revision in revisions)
        {
            ring.Add(new(revision, new($"/registry/x/{revision}", new byte[50], revision), null));
        }

        return ring;
    }
}
