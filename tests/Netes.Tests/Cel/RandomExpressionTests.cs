using System.Text;
using Netes.Cel;

namespace Netes.Tests.Cel;

/// <summary>Made-up expressions: what is printed parses to the same, and nothing crashes or runs away.</summary>
public sealed class RandomExpressionTests
{
    private static readonly string[] _leaves =
        ["1", "-2", "3u", "1.5", "'a'", "\"b\\n\"", "b'x'", "true", "null", "n", "s", "self", "names", "pod.labels",
            "[]", "{}", "int"];

    private static readonly string[] _binary = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in", "&&",
        "||"];

    private static readonly string[] _members =
        ["size()", "contains('a')", "map(x, x)", "all(x, x > 0)", "filter(i, i == 1)", "name", "?name", "split('a')",
         "join()", "orValue(1)", "isSorted()", "max()", "matches('a*')", "optMap(y, y)", "transformMap(k, v, v)",
         "getHours()", "sum()"];

    private static readonly string[] _functions =
        ["size", "int", "string", "double", "type", "dyn", "quantity", "semver", "ip", "has", "optional.of",
            "timestamp", "url"];

    [Fact]
    public void PrintedExpression_ParsesToTheSame()
    {
        var random = new Random(20261123);
        for (var i = 0; i < 3000; i++)
        {
            var text = Make(random, 5);
            var source = new Source(text);
            var parsed = Parser.Parse(source);
            Assert.True(parsed is not null, $"{text}\n{string.Join('\n', source.Issues())}");
            var printed = Printer.Print(parsed);
            var again = new Source(printed);
            var second = Parser.Parse(again);
            Assert.True(second is not null, $"{text}\n{printed}\n{string.Join('\n', again.Issues())}");
            Assert.Equal(printed, Printer.Print(second));
            Assert.Equal(Shape(parsed), Shape(second));
        }
    }

    [Fact]
    public void AnyExpression_GivesAValueOrAnError_WithinItsEstimateAndItsLimit()
    {
        var random = new Random(7);
        var evaluated = 0;
        for (var i = 0; i < 5000; i++)
        {
            var text = Make(random, 4);
            if (CelTables.Environment.Compile(text).Program is not { } program)
            {
                continue;
            }

            evaluated++;
            var result = program.Evaluate(CelTables.Variables, 5_000, TestContext.Current.CancellationToken);
            Assert.True(result.Cost <= 5_000 || result.Error == CelProgram.CostLimitExceeded, text);
            Assert.True(program.EstimateCost().Max >= 0, text);
        }

        Assert.InRange(evaluated, 200, 5000);
    }

    [Fact]
    public void AnyText_IsParsedOrRefused()
    {
        var random = new Random(11);
        const string Pieces = "abn 1290.u'\"\\[](){}?:!&|=<>+-*/%,#\n\tré😀0xx";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(1, 20); length > 0; length--)
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }

            var compiled = CelTables.Environment.Compile(text.ToString());
            Assert.True(compiled.Program is not null
                || compiled.ErrorText.StartsWith("ERROR: <input>:", StringComparison.Ordinal), text.ToString());
        }
    }

    private static string Make(Random random, int depth)
    {
        if (depth == 0 || random.Next(6) == 0)
        {
            return _leaves[random.Next(_leaves.Length)];
        }

        string Inner() => Make(random, depth - 1);
        return random.Next(9) switch
        {
            0 or 1 => $"({Inner()} {_binary[random.Next(_binary.Length)]} {Inner()})",
            2 => $"{Inner()} {_binary[random.Next(_binary.Length)]} {Inner()}",
            3 => $"({Inner()}).{_members[random.Next(_members.Length)]}",
            4 => $"{_functions[random.Next(_functions.Length)]}({Inner()})",
            5 => $"({Inner()} ? {Inner()} : {Inner()})",
            6 => $"[{Inner()}, {Inner()}][{(random.Next(2) == 0 ? "?" : "")}{random.Next(3)}]",
            7 => $"{{{Inner()}: {Inner()}}}",
            _ => $"{(random.Next(2) == 0 ? "!" : "-")}({Inner()})",
        };
    }

    // The tree without positions.
    private static string Shape(Expression expression) => expression switch
    {
        Constant constant => $"{constant.Value.Type}:{constant.Value}",
        Identifier identifier => identifier.Name,
        Select select => $"select({Shape(select.Operand)} {select.IsOptional} {select.Field})",
        Call call => $"{call.Function}({(call.Target is null ? "" : Shape(call.Target))};{string.Join(' ', call.Arguments.Select(Shape))})",
        ListLiteral list => $"[{string.Join(' ', list.Elements.Select(one => Shape(one.Value)))}]",
        MapLiteral map => $"{{{string.Join(' ', map.Entries.Select(one => Shape(one.Key) + Shape(one.Value)))}}}",
        _ => throw new ArgumentException(expression.GetType().Name),
    };
}
