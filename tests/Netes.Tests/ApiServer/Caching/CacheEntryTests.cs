using System.Buffers;
using System.Text;
using Netes.ApiServer.Caching;

namespace Netes.Tests.ApiServer.Caching;

public sealed class CacheEntryTests
{
    [Theory]
    [InlineData("""{"kind":"K","apiVersion":"v1","metadata":{"name":"a","uid":"u","labels":{"uid":"x"}},"data":{}}""",
        """{"kind":"K","apiVersion":"v1","metadata":{"name":"a","uid":"u","resourceVersion":"7","labels":{"uid":"x"}},"data":{}}""")]
    [InlineData("""{"kind":"K","apiVersion":"v1","metadata":{"name":"a"}}""",
        """{"kind":"K","apiVersion":"v1","metadata":{"resourceVersion":"7","name":"a"}}""")]
    [InlineData("""{"kind":"K","apiVersion":"v1","metadata":{}}""",
        """{"kind":"K","apiVersion":"v1","metadata":{"resourceVersion":"7"}}""")]
    public void Revision_is_spliced_into_the_metadata(string stored, string sent)
    {
        var entry = new CacheEntry("/registry/k/a", Encoding.UTF8.GetBytes(stored), 7);
        var line = entry.ToLine().Select(static part => Encoding.UTF8.GetString(part.Span));
        Assert.Equal(sent + "\n", string.Concat(line));
        var item = new ArrayBufferWriter<byte>();
        entry.WriteItemTo(item);
        Assert.Equal(
            "{" + sent[sent.IndexOf("\"metadata\"", StringComparison.Ordinal)..],
            Encoding.UTF8.GetString(item.WrittenSpan));
    }
}
