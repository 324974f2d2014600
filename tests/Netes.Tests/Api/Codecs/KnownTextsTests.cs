using System.Text;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.Tests.Api.Codecs;

/// <summary>Goal: equal short texts are one object where they can be, and always equal what was read.</summary>
public sealed class KnownTextsTests
{
    [Fact]
    public void Text_that_comes_again_is_the_same_object()
    {
        var text = "text-" + Guid.NewGuid().ToString("N");
        var first = Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal(text, first);
        Assert.Same(first, Read(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Text_is_what_was_read_however_many_there_are()
    {
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string((char)('a' + (i % 26)), i % 70) + (i % 3 == 0 ? "\u00e4\u20ac" : "") + i;
            Assert.Equal(text, Read(Encoding.UTF8.GetBytes(text)));
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_become_replacements_each_time()
    {
        byte[] wrong = [(byte)'a', 0xff, (byte)'b'];
        Assert.Equal("a\ufffdb", Read(wrong));
        Assert.Equal("a\ufffdb", Read(wrong));
    }

    private static string Read(byte[] text)
    {
        byte[] json = [.. "{\"metadata\":{\"name\":\""u8, .. text, .. "\"}}"u8];
        return JsonCodec.Decode<ConfigMap>(json).Value!.Metadata.Name;
    }
}
