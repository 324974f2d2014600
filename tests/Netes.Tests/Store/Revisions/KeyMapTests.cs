using System.Text;
using Netes.Store.Revisions;

namespace Netes.Tests.Store.Revisions;

public sealed class KeyMapTests
{
    [Theory]
    [InlineData(1, 500, 20_000)]
    [InlineData(2, 5_000, 20_000)]
    public void Any_adds_and_removes_keep_the_order_and_find_every_key(int seed, int keys, int steps)
    {
        var random = new Random(seed);
        var expected = new SortedSet<string>(StringComparer.Ordinal);
        KeyMap map = KeyMap.Empty;
        for (int i = 0; i < steps; i++)
        {
            // In waves, so that chunks fill, split, empty and merge.
            string key = $"/{random.Next(keys)}";
            bool grows = i / 4_000 % 2 == 0;
            if (grows && expected.Add(key))
            {
                map = map.Add(new KeyHistory(key));
            }
            else if (!grows && expected.Remove(key))
            {
                map = map.Remove(key);
            }

            if (i % 1_000 == 0)
            {
                Assert.Equal(expected, map.From("").Select(k => k.Key));
                string start = $"/{random.Next(keys)}";
                Assert.Equal(
                    expected.Where(k => string.CompareOrdinal(k, start) >= 0), map.From(start).Select(k => k.Key));
                Assert.All(expected, k => Assert.Equal(k, map.Find(k)!.Key));
                Assert.Equal(expected.Contains(start), map.Find(start) is not null);
            }
        }
    }

    [Fact]
    public void Map_from_sorted_keys_equals_one_built_key_by_key()
    {
        KeyHistory[] keys = [.. Enumerable.Range(0, 1_000).Select(i => new KeyHistory($"/{i:0000}"))];
        Assert.Equal(keys, KeyMap.FromSorted(keys).From(""));
        Assert.Equal(keys, keys.Aggregate(KeyMap.Empty, (map, key) => map.Add(key)).From(""));
        Assert.Empty(KeyMap.FromSorted([]).From(""));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 10)]
    [InlineData(3, 3_000)]
    public void Keys_added_together_stand_as_if_added_one_by_one(int seed, int present)
    {
        var random = new Random(seed);
        KeyHistory[] keys = [.. Enumerable.Range(0, present + 2_000).Select(i => new KeyHistory($"/{i:00000}"))];
        KeyHistory[] shuffled = [.. keys];
        random.Shuffle(shuffled);
        KeyMap before = shuffled[..present].Aggregate(KeyMap.Empty, (map, key) => map.Add(key));
        KeyHistory[] added = [.. shuffled[present..].OrderBy(key => key.Key, StringComparer.Ordinal)];
        KeyMap map = added.Chunk(700).Aggregate(before, (map, some) => map.AddAll(some));
        Assert.Equal(keys, map.From(""));
        Assert.All(keys, key => Assert.Same(key, map.Find(key.Key)));
        Assert.Equal(keys[1..], map.AddAll([]).Remove(keys[0].Key).From(""));
        Assert.Equal(present, before.From("").Count());
    }

    [Fact]
    public void Reader_keeps_the_map_it_started_on()
    {
        KeyMap before = KeyMap.Empty.Add(new KeyHistory("/a"));
        KeyMap after = before.Add(new KeyHistory("/b")).Remove("/a");
        Assert.Equal(["/a"], before.From("").Select(k => k.Key));
        Assert.Equal(["/b"], after.From("").Select(k => k.Key));
    }

    [Fact]
    public void Order_of_keys_is_that_of_their_utf8_bytes()
    {
        var random = new Random(5);
        string[] alphabet = ["a", "b", "/", "-", "é", "\uD7FF", "\uE000", "\uFFFD", "\U00010000", "\U0010FFFF"];
        string Key() => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => alphabet[random.Next(10)]));
        for (int i = 0; i < 10_000; i++)
        {
            (string left, string right) = (Key(), Key());
            int bytes = Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
            Assert.Equal(Math.Sign(bytes), Math.Sign(KeyOrder.Compare(left, right)));
        }
    }
}
