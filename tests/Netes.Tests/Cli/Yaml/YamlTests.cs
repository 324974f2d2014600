using Netes.Cli.Yaml;

namespace Netes.Tests.Cli.Yaml;

public sealed class YamlTests
{
    [Theory]
    [InlineData("a: 1\n")]
    [InlineData("a: \"1\"\nb: true\nc: \"true\"\nd: null\ne: 1.5\n")]
    [InlineData("a:\n- b: 1\n  c:\n  - x\n  - \"y: z\"\n- d\ne: {}\nf: []\n")]
    [InlineData("k: \"line\\nnext\"\nurl: https://127.0.0.1:6443\nempty: \"\"\ndash: \"-x\"\n")]
    public void Written_text_reads_back_the_same(string text) =>
        Assert.Equal(text, YamlWriter.Write(YamlReader.Read(text)));

    [Theory]
    [InlineData("a: 1\na: 2", "twice")]
    [InlineData("a: *b", "unknown alias")]
    [InlineData("a: [1\nb: 2", "")]
    [InlineData("a: 1\n---\nb: 2", "one document")]
    public void Bad_text_is_refused(string text, string words) =>
        Assert.Contains(words, Assert.Throws<YamlProblem>(() => YamlReader.Read(text)).Message);

    [Fact]
    public void Aliases_do_not_explode()
    {
        // Each line holds the line before ten times: 10^9 values in the end.
        var text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat("bcdefghi".Select(letter =>
            $"{letter}: &{letter} [{string.Join(',', Enumerable.Repeat($"*{(char)(letter - 1)}", 10))}]\n"));
        Assert.Throws<YamlProblem>(() => YamlReader.Read(text));
    }
}
