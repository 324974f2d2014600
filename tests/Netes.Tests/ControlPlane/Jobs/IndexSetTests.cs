using Netes.ControlPlane;

namespace Netes.Tests.ControlPlane.Jobs;

public sealed class IndexSetTests
{
    [Theory]
    [InlineData("", 5, "", 0)]
    [InlineData("0", 5, "0", 1)]
    [InlineData("0,1", 5, "0,1", 2)]
    [InlineData("0-2,4", 5, "0-2,4", 4)]
    [InlineData("0,1,2,3", 5, "0-3", 4)]
    [InlineData("3-9", 5, "3,4", 2)]
    [InlineData("7", 5, "", 0)]
    [InlineData("a,1,2-b,3", 5, "1,3", 2)]
    [InlineData("3-1,2", 5, "2", 1)]
    public void Text_IsReadAndWritten(string text, int completions, string expected, int count)
    {
        var set = IndexSet.Parse(text, completions);
        Assert.Equal((expected, count), (set.ToString(), set.Count));
    }

    [Fact]
    public void Union_MergesWhatTouches() => Assert.Equal(
        "0-5,7,8,10", IndexSet.Parse("0-2,7,10", 20).Union(IndexSet.Of([8, 3, 5, 4, 1])).ToString());

    [Theory]
    [InlineData("0-2,5", 2, true)]
    [InlineData("0-2,5", 3, false)]
    [InlineData("0-2,5", 5, true)]
    [InlineData("", 0, false)]
    public void Contains_KnowsTheIntervals(string text, int index, bool expected) =>
        Assert.Equal(expected, IndexSet.Parse(text, 9).Contains(index));

    [Theory]
    [InlineData("0-4", "2-8", 3)]
    [InlineData("0-4,6-7", "3,4,6", 3)]
    [InlineData("0-1", "2-3", 0)]
    public void Overlap_CountsWhatBothHave(string left, string right, int expected)
    {
        Assert.Equal(expected, IndexSet.Parse(left, 9).Overlap(IndexSet.Parse(right, 9)));
        Assert.Equal(expected, IndexSet.Parse(right, 9).Overlap(IndexSet.Parse(left, 9)));
    }

    [Theory]
    [InlineData("", 3, 9, "0,1,2")]
    [InlineData("0,2", 5, 2, "1,3")]
    [InlineData("0-4", 5, 2, "")]
    [InlineData("1", 3, 0, "")]
    public void Missing_AreTheLowest(string text, int completions, int count, string expected) => Assert.Equal(
        expected, string.Join(',', IndexSet.Parse(text, completions).Missing(completions, count)));
}
