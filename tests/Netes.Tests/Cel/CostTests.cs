using System.Diagnostics;
using System.Globalization;
using Netes.Cel;

namespace Netes.Tests.Cel;

/// <summary>The numbers of cel-go's interpreter/runtimecost_test.go and Kubernetes' library/cost_test.go.</summary>
public sealed class CostTests
{
    [Theory]
    [InlineData("1 + 2", 1)]
    [InlineData("n", 1)]
    [InlineData("self.spec.replicas", 3)]
    [InlineData("self.spec['replicas']", 3)]
    [InlineData("has(self.spec.name)", 1)]
    [InlineData("[1, 2, 3]", 10)]
    [InlineData("{'a': 1}", 30)]
    [InlineData("n == 7", 2)]
    [InlineData("s == 'hello'", 2)]
    [InlineData("s.startsWith('h')", 2)]
    [InlineData("s.contains('ll')", 2)]
    [InlineData("s.matches('[a-d]a*b')", 3)]
    [InlineData("true && n > 1", 2)]
    [InlineData("false && n > 1", 0)]
    [InlineData("n > 1 ? n : 0", 3)]
    [InlineData("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.lowerAscii()", 5)]
    [InlineData("[1, 2, 3].sum()", 13)]
    [InlineData("['a', 'b'].join(',')", 11)]
    [InlineData("quantity('1Gi').isGreaterThan(quantity('1Mi'))", 3)]
    [InlineData("ip('1.2.3.4').family()", 2)]
    [InlineData("2 in [1, 2, 3]", 13)]
    [InlineData("[1, 2].all(x, x > 0)", 21)]
    public void Evaluation_CostsWhatKubernetesCounts(string expression, ulong expected) =>
        Assert.Equal(expected, CelTables.Run(expression).Cost);

    [Theory]
    [InlineData("n + 1", 2, 2)]
    [InlineData("s == 'abc'", 2, 2)]
    [InlineData("names.all(x, x == 'abcdef')", 2, 27)]
    [InlineData("s.matches('a.*b')", 2, 8)]
    [InlineData("n > 1 && n > 2", 2, 4)]
    [InlineData("names.map(x, x + x).size()", 13, 93)]
    public void Estimate_BoundsWhatAnEvaluationCosts(string expression, ulong least, ulong most)
    {
        var program = CelTables.Environment.Compile(expression).Program!;
        Assert.Equal(new CelCostRange(least, most), program.EstimateCost());
        Assert.InRange(CelTables.Run(expression).Cost, least, most);
    }

    [Fact]
    public void UnknownSize_HasNoUpperBound() =>
        Assert.Equal(ulong.MaxValue,
            CelTables.Environment.Compile("self.spec.name.contains(self.spec.other)").Program!.EstimateCost().Max);

    [Fact]
    public void BeyondItsLimit_AnEvaluationEnds()
    {
        var nested = "[1,2,3,4,5,6,7,8,9,0].all(a, " + string.Concat(Enumerable.Range(0, 12)
            .Select(i => $"[1,2,3,4,5,6,7,8,9,0].all(x{i}, ")) + "true" + new string(')', 13);
        var clock = Stopwatch.StartNew();
        var result = CelTables.Run(nested, 100_000);
        Assert.Equal(CelProgram.CostLimitExceeded, result.Error);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"stopped after {clock.Elapsed}");
    }

    [Fact]
    public void Cancelled_AnEvaluationEnds()
    {
        var program = CelTables.Environment.Compile(
            "[1,2,3,4,5,6,7,8,9,0].map(a, [1,2,3,4,5,6,7,8,9,0].map(b, [1,2,3,4,5,6,7,8,9,0]))").Program!;
        var result = program.Evaluate(CelTables.Variables, ulong.MaxValue, new CancellationToken(canceled: true));
        Assert.Equal("operation interrupted", result.Error);
    }

    // Doubling a text with each link of a chain is found out by what it costs.
    [Fact]
    public void GrowingText_RunsIntoTheLimit_BeforeItFillsTheMemory()
    {
        var grows = "'0123456789'";
        for (var i = 0; i < 60; i++)
        {
            grows = $"cel.bind(a{i}, {grows}, a{i} + a{i})";
        }

        Assert.Equal(CelProgram.CostLimitExceeded, CelTables.Run(grows).Error);
    }

    // Lists that double with each link, flat and nested: joining costs one, so it must not copy.
    [Theory]
    [InlineData("[1, 2, 3]", "{0} + {0}", "list size limit exceeded")]
    [InlineData("[1]", "[{0}, {0}]", "list size limit exceeded")]
    public void GrowingList_Ends(string start, string step, string expected)
    {
        var grows = start;
        for (var i = 0; i < 60; i++)
        {
            grows = $"cel.bind(a{i}, {grows}, {string.Format(CultureInfo.InvariantCulture, step, "a" + i)})";
        }

        Assert.Equal(expected, CelTables.Run(grows).Error);
    }

    [Fact]
    public void NestedLists_CostWhatComparingThemTakes()
    {
        string Nest(string name) => Enumerable.Range(0, 20).Aggregate("[1]",
            (inner, i) => $"cel.bind({name}{i}, {inner}, [{name}{i}, {name}{i}])");

        var clock = Stopwatch.StartNew();
        Assert.InRange(CelTables.Run($"{Nest("a")} == {Nest("b")}", ulong.MaxValue).Cost, 100_000ul, 1_000_000ul);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"compared for {clock.Elapsed}");
    }

    [Fact]
    public void LongList_IsReadAcrossItsSeams()
    {
        var grows = "[0, 1, 2, 3, 4, 5, 6, 7]";
        for (var i = 0; i < 8; i++)
        {
            grows = $"cel.bind(a{i}, {grows}, a{i} + a{i})";
        }

        Assert.Equal("[2048, 7, 7168, true]", CelTables.Show(
            $"cel.bind(all, {grows}, [dyn(all.size()), all[2047], all.sum(), all.filter(x, x == 3).size() == 256])"));
    }

    [Theory]
    [InlineData("names.map(x, s.replace('', s)).join(s) + '{0}'.replace('', '{0}')", "string size limit exceeded")]
    public void GrowingString_Ends(string expression, string expected)
    {
        var text = string.Format(CultureInfo.InvariantCulture, expression, new string('a', 40_000));
        Assert.Equal(expected, CelTables.Run(text).Error);
    }

    [Fact]
    public void LongExpression_IsCheckedInTime()
    {
        var text = string.Join(" && ", Enumerable.Repeat("[1] == [n]", 7_000));
        var clock = Stopwatch.StartNew();
        Assert.NotNull(CelTables.Environment.Compile(text).Program);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"compiled for {clock.Elapsed}");
    }
}
