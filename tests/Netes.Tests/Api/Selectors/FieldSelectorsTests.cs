using Netes.Api;

namespace Netes.Tests.Api.Selectors;

public sealed class FieldSelectorsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("metadata.name=a", true)]
    [InlineData("metadata.name==a,status.phase!=Running", true)]
    [InlineData("status.phase=Running", false)]
    [InlineData(@"x=1\,2\=3\\", true)]
    [InlineData("gone=", true)]
    [InlineData("gone!=", false)]
    public void Selector_decides_as_Kubernetes_does(string text, bool matches)
    {
        Assert.True(FieldSelectors.TryParse(text, out var matcher, out var error), error);
        Assert.Equal(matches, matcher.Matches(field => field switch
        {
            "metadata.name" => "a",
            "status.phase" => "Pending",
            "x" => @"1,2=3\",
            _ => "",
        }));
        Assert.True(FieldSelectors.TryParse(matcher.ToString(), out var again, out _));
        Assert.Equal(matcher, again);
    }

    [Theory]
    [InlineData("a", "invalid selector: 'a'; can't understand 'a'")]
    [InlineData("a=b=c", "invalid field selector: unescaped character in value: 61")]
    [InlineData(@"a=\x", @"invalid field selector: invalid escape sequence: \x")]
    public void Bad_selector_is_refused_in_Kubernetes_words(string text, string message)
    {
        Assert.False(FieldSelectors.TryParse(text, out _, out var error));
        Assert.Equal(message, error);
    }
}
