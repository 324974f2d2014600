using Netes.ApiServer.Caching;

namespace Netes.Tests.ApiServer.Caching;

public sealed class EntryTreeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(5000)]
    public void Tree_made_at_once_has_every_entry_and_takes_changes(int count)
    {
        var entries = Enumerable.Range(0, count).Select(static i => new CacheEntry($"/k/{i:d6}", default, i + 1))
            .ToList();
        var tree = EntryTree.Of(entries);
        Assert.Equal(entries.Select(static entry => entry.Key),
            tree.Range("/k/", "/k/").Select(static entry => entry.Key));
        foreach (var entry in entries.Where(static entry => entry.Revision % 3 == 0))
        {
            tree = tree.Without(entry.Key);
        }

        tree = tree.With(new("/k/5", default, 9));
        Assert.Equal(count - (count / 3) + 1, tree.Count);
        Assert.Equal(tree.Count, tree.Range("/k/", "/k/").Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_changes_agree_with_a_sorted_dictionary_and_leave_old_trees_alone(int seed)
    {
        var random = new Random(seed);
        var tree = EntryTree.Empty;
        var model = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var (kept, keptKeys) = (tree, new List<string>());
        for (var i = 1; i <= 5000; i++)
        {
            var key = $"/registry/things/n{random.Next(5)}/k{random.Next(800)}";
            if (random.Next(3) == 0)
            {
                tree = tree.Without(key);
                model.Remove(key);
            }
            else
            {
                tree = tree.With(new CacheEntry(key, default, i));
                model[key] = i;
            }

            if (i == 2500)
            {
                (kept, keptKeys) = (tree, [.. model.Keys]);
            }
        }

        Assert.Equal(model.Count, tree.Count);
        Assert.Equal(model.Keys, tree.Range("/registry/things/", "/registry/things/").Select(entry => entry.Key));
        Assert.All(model, pair => Assert.Equal(pair.Value, tree.Find(pair.Key)?.Revision));
        Assert.Equal(keptKeys, kept.Range("/", "/").Select(entry => entry.Key));
        foreach (var start in (string[])["/registry/things/n2/", "/registry/things/n2/k5", "/registry/things/n9/"])
        {
            var expected = model.Keys.Where(key => key.StartsWith("/registry/things/n2/", StringComparison.Ordinal)
                && string.CompareOrdinal(key, start) >= 0);
            Assert.Equal(expected, tree.Range("/registry/things/n2/", start).Select(entry => entry.Key));
            Assert.Equal(model.Keys.Count(key => string.CompareOrdinal(key, start) < 0), tree.IndexOf(start));
        }

        Assert.Equal(
            model.Keys.Count(key => key.StartsWith("/registry/things/n2/", StringComparison.Ordinal)),
            tree.CountOf("/registry/things/n2/"));
    }
}
