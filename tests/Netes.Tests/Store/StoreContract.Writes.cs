using Netes.Store;

namespace Netes.Tests.Store;

public abstract partial class StoreContract
{
    [Fact]
    public void New_store_is_at_revision_1() => Assert.Equal(1, Store.CurrentRevision);

    [Fact]
    public async Task Put_of_a_new_key_is_read_back_with_its_revisions()
    {
        long revision = await Put("/registry/pods/default/web", "a", expected: 0);

        StoredEntry? entry = await Store.GetAsync("/registry/pods/default/web", Cancel);
        Assert.Equal("a", Text(entry!.Value.Value));
        Assert.Equal((2, 2, 2), (revision, entry.Value.CreateRevision, entry.Value.ModRevision));
        Assert.Equal(2, Store.CurrentRevision);
    }

    [Fact]
    public async Task Put_of_an_existing_key_keeps_its_create_revision()
    {
        long created = await Put("/a", "1");
        long changed = await Put("/a", "2", expected: created);

        StoredEntry? entry = await Store.GetAsync("/a", Cancel);
        Assert.Equal((created, changed), (entry!.Value.CreateRevision, entry.Value.ModRevision));
    }

    [Fact]
    public async Task Create_of_an_existing_key_conflicts_with_what_is_there()
    {
        await Put("/a", "1");

        var conflict = Assert.IsType<WriteResult.Conflict>(await Store.PutAsync("/a", Bytes("2"), 0, Cancel));
        Assert.Equal("1", Text(conflict.Current!.Value.Value));
        Assert.Equal(2, Store.CurrentRevision);
    }

    [Fact]
    public async Task Put_at_an_old_revision_conflicts()
    {
        long old = await Put("/a", "1");
        long now = await Put("/a", "2");

        var conflict = Assert.IsType<WriteResult.Conflict>(await Store.PutAsync("/a", Bytes("3"), old, Cancel));
        Assert.Equal(now, conflict.Current!.Value.ModRevision);
        Assert.Equal("/a=2@3", await List("/"));
    }

    [Fact]
    public async Task Put_at_a_revision_of_a_missing_key_conflicts_with_nothing()
    {
        var conflict = Assert.IsType<WriteResult.Conflict>(await Store.PutAsync("/a", Bytes("3"), 7, Cancel));
        Assert.Null(conflict.Current);
    }

    [Fact]
    public async Task Delete_removes_the_key_and_takes_a_revision()
    {
        long created = await Put("/a", "1");
        long deleted = await Delete("/a", created);

        Assert.Equal(created + 1, deleted);
        Assert.Null(await Store.GetAsync("/a", Cancel));
        Assert.Equal("", await List("/"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(9L)]
    public async Task Delete_of_a_missing_key_conflicts_with_nothing(long? expected)
    {
        var conflict = Assert.IsType<WriteResult.Conflict>(await Store.DeleteAsync("/a", expected, Cancel));
        Assert.Null(conflict.Current);
        Assert.Equal(1, Store.CurrentRevision);
    }

    [Fact]
    public async Task Delete_at_an_old_revision_conflicts()
    {
        long old = await Put("/a", "1");
        await Put("/a", "2");

        Assert.IsType<WriteResult.Conflict>(await Store.DeleteAsync("/a", old, Cancel));
        Assert.Equal("/a=2@3", await List("/"));
    }

    [Fact]
    public async Task Create_after_delete_has_a_new_create_revision()
    {
        await Put("/a", "1");
        await Delete("/a");
        long again = await Put("/a", "2", expected: 0);

        Assert.Equal(again, (await Store.GetAsync("/a", Cancel))!.Value.CreateRevision);
    }

    [Fact]
    public async Task Empty_value_is_kept()
    {
        await Put("/a", "");
        Assert.Equal("/a=@2", await List("/"));
    }

    [Fact]
    public async Task Key_without_utf8_form_is_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Put("/a\ud800", "1"));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Put("", "1"));
        Assert.Equal(1, Store.CurrentRevision);
    }

    [Fact]
    public async Task Cancelled_call_is_cancelled()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Store.PutAsync("/a", Bytes("1"), null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.GetAsync("/a", cancelled));
    }

    [Fact]
    public async Task Of_many_updates_at_one_revision_exactly_one_wins()
    {
        long revision = await Put("/a", "0");
        for (int round = 0; round < 20; round++)
        {
            WriteResult[] results = await Task.WhenAll(Enumerable.Range(0, 16).Select(
                i => Task.Run(() => Store.PutAsync("/a", Bytes($"{round}-{i}"), revision, Cancel).AsTask(), Cancel)));

            revision = Assert.Single(results.OfType<WriteResult.Written>()).Revision;
            Assert.All(
                results.OfType<WriteResult.Conflict>(),
                conflict => Assert.Equal(revision, conflict.Current!.Value.ModRevision));
        }

        Assert.Equal(22, Store.CurrentRevision);
    }

    [Fact]
    public async Task Concurrent_writers_get_every_revision_once_in_their_own_order()
    {
        long[][] revisions = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var mine = new long[100];
            for (int i = 0; i < mine.Length; i++)
            {
                mine[i] = await Put($"/{writer}/{i % 10}", $"{i}");
            }

            return mine;
        })));

        Assert.All(revisions, mine => Assert.Equal(mine.Order(), mine));
        Assert.Equal(Enumerable.Range(2, 800).Select(i => (long)i), revisions.SelectMany(mine => mine).Order());
        Assert.Equal(801, Store.CurrentRevision);
    }
}
