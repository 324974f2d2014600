using Netes.Api;
using Netes.Api.Meta;

namespace Netes.Tests.Api.Selectors;

public sealed class LabelSelectorsTests
{
    private static readonly ValueMap<string> s_labels =
        ValueMap.Of(("app", "web"), ("tier", "2"), ("in", "notin"), ("e", ""));

    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData(" app == web , tier=2 ", true)]
    [InlineData("app!=web", false)]
    [InlineData("missing!=web", true)]
    [InlineData("app in (db, web)", true)]
    [InlineData("app in (db)", false)]
    [InlineData("app notin (db)", true)]
    [InlineData("missing notin (db)", true)]
    [InlineData("app", true)]
    [InlineData("!app", false)]
    [InlineData("!missing", true)]
    [InlineData("tier>1", true)]
    [InlineData("tier<2", false)]
    [InlineData("in in (notin,in)", true)]
    [InlineData("e=", true)]
    [InlineData("e in (,x)", true)]
    [InlineData("e in ()", true)]
    public void Selector_decides_as_Kubernetes_does(string text, bool matches)
    {
        Assert.True(LabelSelectors.TryParse(text, out var matcher, out var error), error);
        Assert.Equal(matches, matcher.Matches(s_labels));
        Assert.True(LabelSelectors.TryParse(matcher.ToString(), out var again, out _));
        Assert.Equal(matcher, again);
    }

    [Theory]
    [InlineData("a=b,", "found '', expected: identifier after ','")]
    [InlineData("=b", "found '=', expected: !, identifier, or 'end of string'")]
    [InlineData("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt")]
    [InlineData("a in b", "unable to parse requirement: found 'b' expected: '('")]
    [InlineData("a=b c", "found 'c', expected: ',' or 'end of string'")]
    [InlineData("a>x",
        "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be "
        + "an integer")]
    public void Bad_selector_is_refused_in_Kubernetes_words(string text, string message)
    {
        Assert.False(LabelSelectors.TryParse(text, out var matcher, out var error));
        Assert.Equal(message, error);
        Assert.False(matcher.Matches(s_labels));
    }

    [Fact]
    public void Absent_selector_matches_nothing_and_an_empty_one_everything()
    {
        Assert.False(LabelSelectors.From(null).Matches(s_labels));
        Assert.True(LabelSelectors.From(LabelSelector.Empty).Matches(s_labels));
    }

    [Fact]
    public void Record_with_expressions_is_compiled()
    {
        var selector = new LabelSelector
        {
            MatchLabels = ValueMap.Of(("app", "web")),
            MatchExpressions =
            [
                new() { Key = "tier", Operator = "In", Values = ["1", "2"] },
                new() { Key = "gone", Operator = "DoesNotExist" },
            ],
        };
        var matcher = LabelSelectors.From(selector);
        Assert.Equal("app=web,!gone,tier in (1,2)", matcher.ToString());
        Assert.True(matcher.Matches(s_labels));
    }

    [Fact]
    public void Unknown_operator_is_refused()
    {
        var selector = new LabelSelector { MatchExpressions = [new() { Key = "a", Operator = "Near" }] };
        Assert.False(LabelSelectors.TryFrom(selector, out _, out var error));
        Assert.Equal("\"Near\" is not a valid label selector operator", error);
    }
}
