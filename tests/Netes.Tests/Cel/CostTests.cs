using System.Diagnostics;
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
}
