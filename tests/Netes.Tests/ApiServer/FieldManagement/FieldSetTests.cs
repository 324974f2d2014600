using System.Text;
using Netes.ApiServer.FieldManagement;

namespace Netes.Tests.ApiServer.FieldManagement;

/// <summary>The algebra of sets of fields on their text; the laws of sets hold for random ones.</summary>
public sealed class FieldSetTests
{
    private const string Labels = """{"f:metadata":{"f:labels":{".":{},"f:a":{},"f:b":{}}}}""";

    [Theory]
    [InlineData("{}", Labels, Labels)]
    [InlineData(Labels, """{"f:metadata":{"f:labels":{"f:b":{},"f:c":{}}}}""",
        """{"f:metadata":{"f:labels":{".":{},"f:a":{},"f:b":{},"f:c":{}}}}""")]
    [InlineData("""{"f:a":{}}""", """{"f:a":{"f:b":{}}}""", """{"f:a":{".":{},"f:b":{}}}""")]
    [InlineData("""{"f:p":{"k:{\"port\":80}":{}}}""", """{"f:p":{"k:{\"port\":443}":{}}}""",
        """{"f:p":{"k:{\"port\":80}":{},"k:{\"port\":443}":{}}}""")]
    [InlineData("""{"f:x":{"v:\"aB\"":{}}}""", """{"f:x":{"v:\"a\"":{}}}""",
        """{"f:x":{"v:\"a\"":{},"v:\"aB\"":{}}}""")]
    public void Union_has_the_members_of_both_in_order(string left, string right, string union)
    {
        Assert.Equal(union, Run(FieldSets.Union, left, right));
        Assert.Equal(union, Run(FieldSets.Union, right, left));
    }

    [Theory]
    [InlineData(Labels, Labels, "{}")]
    [InlineData(Labels, """{"f:metadata":{"f:labels":{"f:b":{}}}}""",
        """{"f:metadata":{"f:labels":{".":{},"f:a":{}}}}""")]
    [InlineData(Labels, """{"f:metadata":{"f:labels":{}}}""", """{"f:metadata":{"f:labels":{"f:a":{},"f:b":{}}}}""")]
    [InlineData("""{"f:a":{".":{},"f:b":{}}}""", """{"f:a":{"f:b":{}}}""", """{"f:a":{}}""")]
    public void Difference_has_the_members_of_the_left_alone(string left, string right, string difference) =>
        Assert.Equal(difference, Run(FieldSets.Difference, left, right));

    [Theory]
    [InlineData(Labels, """{"f:metadata":{"f:labels":{"f:b":{},"f:c":{}}}}""",
        """{"f:metadata":{"f:labels":{"f:b":{}}}}""")]
    [InlineData(Labels, """{"f:metadata":{"f:labels":{}}}""", """{"f:metadata":{"f:labels":{}}}""")]
    [InlineData(Labels, """{"f:metadata":{"f:annotations":{}}}""", "{}")]
    public void Intersection_has_the_members_of_both(string left, string right, string intersection) =>
        Assert.Equal(intersection, Run(FieldSets.Intersection, left, right));

    [Fact]
    public void Laws_of_sets_hold_for_random_sets()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var (a, b, c) = (Any(random), Any(random), Any(random));
            Assert.Equal(Run(FieldSets.Union, a, b), Run(FieldSets.Union, b, a));
            Assert.Equal(a, Run(FieldSets.Union, a, a));
            Assert.Equal(
                Run(FieldSets.Union, Run(FieldSets.Union, a, b), c),
                Run(FieldSets.Union, a, Run(FieldSets.Union, b, c)));
            Assert.Equal(a, Run(FieldSets.Union,
                Run(FieldSets.Difference, a, b), Run(FieldSets.Intersection, a, b)));
            Assert.Equal("{}", Run(FieldSets.Intersection, Run(FieldSets.Difference, a, b), b));
            Assert.Equal(
                Run(FieldSets.Difference, Run(FieldSets.Difference, a, b), c),
                Run(FieldSets.Difference, a, Run(FieldSets.Union, b, c)));
        }
    }

    private delegate void Operation(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, FieldsWriter output);

    private static string Run(Operation operation, string left, string right)
    {
        var output = new FieldsWriter();
        operation(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right), output);
        return Encoding.UTF8.GetString(output.Finish());
    }

    // A union of random paths: what is built that way is in order.
    private static string Any(Random random)
    {
        var set = "{}";
        for (var count = random.Next(8); count > 0; count--)
        {
            var path = "{}";
            for (var depth = 1 + random.Next(3); depth > 0; depth--)
            {
                path = "{\"" + random.Next(4) switch
                {
                    0 => $"k:{{\\\"port\\\":{random.Next(120)}}}",
                    1 => $"v:\\\"{(char)('a' + random.Next(3))}\\\"",
                    _ => $"f:{(char)('a' + random.Next(3))}",
                } + $"\":{path}}}";
            }

            set = Run(FieldSets.Union, set, path);
        }

        return set;
    }
}
