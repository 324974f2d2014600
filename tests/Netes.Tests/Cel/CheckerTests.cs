using Netes.Cel;

namespace Netes.Tests.Cel;

/// <summary>What an expression's author reads when it is wrong: cel-go's words, line and caret.</summary>
public sealed class CheckerTests
{
    [Theory]
    [InlineData("1 + x", "1:5: undeclared reference to 'x' (in container '')\n | 1 + x\n | ....^")]
    [InlineData("foo(1)", "1:4: undeclared reference to 'foo' (in container '')\n | foo(1)\n | ...^")]
    [InlineData("1 + 'a'", "1:3: found no matching overload for '_+_' applied to '(int, string)'\n | 1 + 'a'\n | ..^")]
    [InlineData("s.startsWith(1)", "1:13: found no matching overload for 'startsWith' applied to 'string.(int)'\n | s.startsWith(1)\n | ............^")]
    [InlineData("n &&\n  names", "1:3: found no matching overload for '_&&_' applied to '(int, list(string))'\n | n &&\n | ..^")]
    [InlineData("pod.missing", "1:4: undefined field 'missing'\n | pod.missing\n | ...^")]
    [InlineData("n.missing", "1:2: type 'int' does not support field selection\n | n.missing\n | .^")]
    [InlineData("[1, 'a']", "1:5: expected type 'int' but found 'string'\n | [1, 'a']\n | ....^")]
    [InlineData("{'a': 1, 2: 3}", "1:10: expected type 'string' but found 'int'\n | {'a': 1, 2: 3}\n | .........^")]
    [InlineData("n.all(x, x)", "1:1: expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)\n | n.all(x, x)\n | ^")]
    [InlineData("[1].all(1, true)", "1:9: argument must be a simple name\n | [1].all(1, true)\n | ........^")]
    [InlineData("has(n)", "1:5: invalid argument to has() macro\n | has(n)\n | ....^")]
    [InlineData("1 +", "1:4: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | 1 +\n | ...^")]
    [InlineData("1 2", "1:3: Syntax error: extraneous input '2' expecting <EOF>\n | 1 2\n | ..^")]
    [InlineData("a # b", "1:3: Syntax error: token recognition error at: '#'\n | a # b\n | ..^\nERROR: <input>:1:5: Syntax error: extraneous input 'b' expecting <EOF>\n | a # b\n | ....^")]
    [InlineData("'é' + while", "1:7: reserved identifier: while\n | 'é' + while\n | .．....^")]
    [InlineData("9223372036854775808", "1:1: invalid int literal\n | 9223372036854775808\n | ^")]
    [InlineData("duration('1 hour')", "1:10: invalid duration argument\n | duration('1 hour')\n | .........^")]
    [InlineData("'a'.matches('(')", "1:13: invalid matches argument\n | 'a'.matches('(')\n | ............^")]
    [InlineData("timestamp(1) < duration('1s')", "1:14: found no matching overload for '_<_' applied to '(timestamp, duration)'\n | timestamp(1) < duration('1s')\n | .............^")]
    [InlineData("Pod{size: 1}", "1:9: undefined field 'size'\n | Pod{size: 1}\n | ........^")]
    [InlineData("Nothing{}", "1:8: undeclared reference to 'Nothing' (in container '')\n | Nothing{}\n | .......^")]
    public void WrongExpression_IsExplainedWithLineAndCaret(string expression, string expected)
    {
        var compiled = CelTables.Environment.Compile(expression);
        Assert.Null(compiled.Program);
        Assert.Equal("ERROR: <input>:" + expected, compiled.ErrorText);
    }

    [Theory]
    [InlineData("n > 3", "bool")]
    [InlineData("self.spec", "dyn")]
    [InlineData("names.map(x, x.size())", "list(int)")]
    [InlineData("{'a': [1.5]}", "map(string, list(double))")]
    [InlineData("pod.?name", "optional_type(string)")]
    [InlineData("true ? 1 : dyn('a')", "dyn")]
    [InlineData("timestamp(0) - timestamp(1)", "google.protobuf.Duration")]
    [InlineData("quantity('1').add(1)", "kubernetes.Quantity")]
    [InlineData("[]", "list(dyn)")]
    [InlineData("type(1)", "type(int)")]
    [InlineData("names.transformMap(i, v, v + 'x')", "map(int, string)")]
    [InlineData("cel.bind(x, names, x[0])", "string")]
    [InlineData("[[], [1]]", "list(list(int))")]
    public void RightExpression_HasAType(string expression, string type)
    {
        var compiled = CelTables.Environment.Compile(expression);
        Assert.True(compiled.Program is not null, compiled.ErrorText);
        Assert.Equal(type, compiled.Program.ResultType.ToString());
    }

    [Fact]
    public void EveryMistake_IsNamed_InTheOrderOfTheText()
    {
        var issues = CelTables.Environment.Compile("x + y +\nz").Issues;
        Assert.Equal([(1, 1), (1, 5), (2, 1)], issues.Select(issue => (issue.Line, issue.Column)));
    }

    [Fact]
    public void TooDeepTooLongAndTooChained_AreRefused()
    {
        Assert.Contains("expression recursion limit exceeded: 250",
            CelTables.Environment.Compile(new string('(', 300) + "1" + new string(')', 300)).ErrorText);
        Assert.Contains("expression code point size exceeds limit: size: 100002, limit 100000",
            CelTables.Environment.Compile('\'' + new string('a', 100_000) + '\'').ErrorText);
        Assert.Contains("recursion limit",
            CelTables.Environment.Compile(string.Join('+', Enumerable.Repeat("1", 5000))).ErrorText);
        var many = string.Join("&&", Enumerable.Repeat("true", 10_000));
        Assert.NotNull(CelTables.Environment.Compile(many).Program);
        Assert.Equal("true", CelTables.Show(many));
    }
}
