using Netes.Store;

namespace Netes.Tests.Store;

public abstract partial class StoreContract
{
    [Fact]
    public async Task List_has_the_keys_under_the_prefix_in_order()
    {
        await Put("/pods/b/1", "x");
        await Put("/pods/a/2", "y");
        await Put("/podsets/a", "z");
        await Put("/nodes/n", "n");

        Assert.Equal("/pods/a/2=y@3 /pods/b/1=x@2", await List("/pods/"));
        Assert.Equal("", await List("/services/"));
    }

    [Fact]
    public async Task List_orders_by_utf8_bytes()
    {
        // In UTF-16 the last two are the other way round.
        string[] keys = ["/A", "/a", "/a-", "/a/", "/aa", "/ä", "/\uFF5E", "/\U0001F600"];
        foreach (string key in keys.Reverse())
        {
            await Put(key, "");
        }

        StorePage page = await Store.ListAsync("/", 0, null, 0, Cancel);
        Assert.Equal(keys, page.Entries.Select(e => e.Key));
    }

    [Fact]
    public async Task Pages_cover_the_list_once_and_count_what_remains()
    {
        foreach (string name in (string[])["c", "a", "e", "b", "d"])
        {
            await Put($"/p/{name}", name);
        }

        await Put("/q", "q");

        Assert.Equal("/p/a=a@3 /p/b=b@5 +3", await List("/p/", 0, null, 2));
        Assert.Equal("/p/c=c@2 /p/d=d@6 +1", await List("/p/", 0, "/p/b", 2));
        Assert.Equal("/p/e=e@4", await List("/p/", 0, "/p/d", 2));
        Assert.Equal("", await List("/p/", 0, "/p/e", 2));
        Assert.Equal("/p/c=c@2 /p/d=d@6 /p/e=e@4", await List("/p/", 0, "/p/bb", 0));
    }

    [Fact]
    public async Task List_at_a_revision_shows_that_state_through_changes()
    {
        await Put("/a", "1");
        await Put("/b", "1");
        long at = await Put("/c", "1");
        await Put("/a", "2");
        await Delete("/b");
        await Put("/d", "1");
        await Put("/b", "again");

        Assert.Equal("/a=1@2 /b=1@3 /c=1@4", await List("/", at));
        Assert.Equal("/a=1@2", await List("/", 2));
        Assert.Equal("/a=2@5 /c=1@4", await List("/", 6));
        Assert.Equal("/a=2@5 /b=again@8 /c=1@4 /d=1@7", await List("/"));
    }

    [Fact]
    public async Task Pages_at_one_revision_are_one_state_under_changes()
    {
        for (int i = 0; i < 1_000; i++)
        {
            await Put($"/{i:0000}", "old");
        }

        long at = Store.CurrentRevision;
        List<StoredEntry> all = [];
        string? after = null;
        for (StorePage page; ; after = page.Entries[^1].Key)
        {
            page = await Store.ListAsync("/", at, after, 100, Cancel);
            all.AddRange(page.Entries);
            if (!page.HasMore)
            {
                break;
            }

            await Delete($"/{all.Count + 5:0000}");
            await Put($"/{all.Count + 7:0000}", "new");
            await Put($"/{all.Count + 7:0000}x", "new");
        }

        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => $"/{i:0000}"), all.Select(e => e.Key));
        Assert.All(all, e => Assert.Equal("old", Text(e.Value)));
    }

    [Fact]
    public async Task List_at_a_future_revision_is_refused()
    {
        var e = await Assert.ThrowsAsync<RevisionInFutureException>(() => List("/", 2));
        Assert.Equal((2, 1), (e.RequestedRevision, e.CurrentRevision));
    }

    [Fact]
    public async Task Compaction_keeps_what_is_readable_at_its_revision_and_refuses_what_is_older()
    {
        await Put("/a", "1");
        await Put("/b", "1");
        await Put("/a", "2");
        await Delete("/b");
        await Put("/a", "3");

        await Store.CompactAsync(4, Cancel);

        Assert.Equal(4, Store.CompactedRevision);
        Assert.Equal("/a=2@4 /b=1@3", await List("/", 4));
        Assert.Equal("/a=2@4", await List("/", 5));
        Assert.Equal("/a=3@6", await List("/"));
        var e = await Assert.ThrowsAsync<RevisionCompactedException>(() => List("/", 3));
        Assert.Equal((3, 4), (e.RequestedRevision, e.CompactedRevision));
    }

    [Fact]
    public async Task Compaction_at_the_newest_revision_leaves_the_present_and_the_counter()
    {
        await Put("/a", "1");
        await Put("/b", "1");
        await Put("/a", "2");
        long last = await Delete("/b");

        await Store.CompactAsync(last, Cancel);

        Assert.Equal("/a=2@4", await List("/", last));
        Assert.Equal(last + 1, await Put("/b", "again", expected: 0));
        Assert.Equal("/a=2@4 /b=again@6", await List("/"));
    }

    [Fact]
    public async Task Compaction_into_the_future_is_refused_and_into_the_past_does_nothing()
    {
        await Put("/a", "1");
        await Assert.ThrowsAsync<RevisionInFutureException>(async () => await Store.CompactAsync(3, Cancel));
        await Store.CompactAsync(2, Cancel);
        await Store.CompactAsync(1, Cancel);
        Assert.Equal(2, Store.CompactedRevision);
    }

    [Fact]
    public async Task Same_operations_as_a_plain_map_give_the_same_lists_at_every_revision()
    {
        var random = new Random(7);
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        List<string> states = ["", ""];
        for (int i = 0; i < 400; i++)
        {
            string key = $"/{random.Next(12)}";
            if (random.Next(4) == 0 && map.Remove(key))
            {
                await Delete(key);
            }
            else
            {
                map[key] = $"{i}";
                await Put(key, map[key]);
            }

            states.Add(string.Join(' ', map.Select(pair => $"{pair.Key}={pair.Value}")));
            if (i % 100 == 99)
            {
                await Store.CompactAsync(Store.CurrentRevision - random.Next(60), Cancel);
            }
        }

        for (long at = Store.CompactedRevision; at <= Store.CurrentRevision; at++)
        {
            StorePage page = await Store.ListAsync("/", at, null, 0, Cancel);
            Assert.Equal(states[(int)at], string.Join(' ', page.Entries.Select(e => $"{e.Key}={Text(e.Value)}")));
        }
    }
}
