using System.Text;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.Tests.Client.Typed;

public sealed class WireTests
{
    [Fact]
    public void ListOfAnyKind_IsReadWithItsRevision()
    {
        var json = """
            {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"42","continue":"next"},
             "items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"},"spec":{"nodeName":"n"}}]}
            """;
        var list = Wire.DecodeList<Pod>(Encoding.UTF8.GetBytes(json));
        Assert.Equal(["a", "b"], list.Items.Select(pod => pod.Metadata.Name));
        Assert.Equal("n", list.Items[1].Spec.NodeName);
        Assert.Equal("42", list.ResourceVersion);
        Assert.Equal("next", list.Continue);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task WatchStream_IsCutIntoItsLines(int chunkBytes)
    {
        var first = "{\"type\":\"ADDED\",\"object\":{\"kind\":\"" + new string('x', 40_000) + "\"}}";
        var text = first + "\n{\"a\":1}\n\n{\"b\":2}";
        await using var stream = new ChunkedStream(Encoding.UTF8.GetBytes(text), chunkBytes);
        var lines = new List<string>();
        await foreach (var line in WatchLines.ReadAsync(stream, TestContext.Current.CancellationToken))
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }

        Assert.Equal([first, "{\"a\":1}", "{\"b\":2}"], lines);
    }

    /// <summary>Gives its bytes in small pieces, as a network does.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunkBytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, chunkBytes)], cancel);
    }
}
