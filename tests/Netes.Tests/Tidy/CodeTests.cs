using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Netes.Tests.Tidy;

/// <summary>The parts of STYLE.md that a machine can hold up and the analyzers do not.</summary>
public sealed class CodeTests
{
    private static readonly SourceTree _source = SourceTree.Whole;

    private const int MostLines = 400, MostFunctionLines = 70, MostColumns = 120;

    private static readonly string[] _unfinished =
        ["TODO", "FIXME", "HACK", "XXX:", "NotImplementedException", "#region"];

    private static readonly string[] _emptyNames = ["Helper", "Helpers", "Util", "Utils", "Impl"];

    [Fact]
    public void EveryFile_IsAtMost400Lines() => Nothing(
        from file in _source.Code
        where file.Lines.Count > MostLines
        select $"{file.Path}: {file.Lines.Count} lines");

    // A message of Kubernetes or a JSON document may stay whole: it can be searched for.
    [Fact]
    public void EveryLine_IsAtMost120Columns() => Nothing(
        from file in _source.Code
        from line in file.Lines.Index()
        where line.Item.Length > MostColumns && !HoldsALongText(file, line.Index)
        select $"{file.Path}:{line.Index + 1}: {line.Item.Length} columns");

    [Fact]
    public void EveryFunction_IsAtMost70Lines() => Nothing(
        from file in _source.Code
        from function in file.Tree.GetRoot().DescendantNodes()
        where function is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        let lines = Length(function)
        where lines > MostFunctionLines
        select $"{file.Path}:{file.LineOf(function)}: {lines} lines");

    [Fact]
    public void NothingIsLeftUnfinished() => Nothing(
        from file in _source.Code
        where !file.Path.StartsWith("tests/Netes.Tests/Tidy/", StringComparison.Ordinal)
        from line in file.Lines.Index()
        from word in _unfinished
        where line.Item.Contains(word, StringComparison.Ordinal)
        select $"{file.Path}:{line.Index + 1}: {word}");

    [Fact]
    public void TypesHaveNamesThatSaySomething() => Nothing(
        from file in _source.Code
        from type in file.Tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        where _emptyNames.Any(word => type.Identifier.ValueText.EndsWith(word, StringComparison.Ordinal))
        select $"{file.Path}: {type.Identifier.ValueText}");

    [Fact]
    public void NoErrorIsSwallowedWithoutAWord() => Nothing(
        from file in _source.Code
        from handler in file.Tree.GetRoot().DescendantNodes().OfType<CatchClauseSyntax>()
        where handler.Block.Statements.Count == 0 && !handler.Block.DescendantTrivia().Any(IsComment)
        select $"{file.Path}:{file.LineOf(handler)}: an empty catch says why");

    // C# wants optional parameters after it.
    [Fact]
    public void Cancellation_IsLastAndCalledCancel() => Nothing(
        from file in _source.Code
        where !file.IsTest
        from list in file.Tree.GetRoot().DescendantNodes().OfType<ParameterListSyntax>()
        where list.Parent is MethodDeclarationSyntax or LocalFunctionStatementSyntax
        from parameter in list.Parameters.Index()
        where parameter.Item.Type?.ToString() == "CancellationToken" && !IsOverride(list.Parent)
        where !list.Parameters.Skip(parameter.Index + 1).All(IsOptional)
            || parameter.Item.Identifier.ValueText is not ("cancel" or "stop")
        select $"{file.Path}:{file.LineOf(list)}: {parameter.Item}");

    [Fact]
    public void NothingIsAsyncVoid_NothingBlocksOnATask() => Nothing(
        from file in _source.Code
        from node in file.Tree.GetRoot().DescendantNodes()
        let wrong = node switch
        {
            MethodDeclarationSyntax method when method.Modifiers.Any(SyntaxKind.AsyncKeyword)
                && method.ReturnType.ToString() == "void" => "async void",
            InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" },
            } => "ConfigureAwait",
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult" } access
                when access.ToString().EndsWith("GetAwaiter().GetResult", StringComparison.Ordinal) => "GetResult()",
            _ => null,
        }
        where wrong is not null && file.Path != "build.cs"
        select $"{file.Path}:{file.LineOf(node)}: {wrong}");

    [Fact]
    public void Tests_WaitForAState_NotForATime() => Nothing(
        from file in _source.Code
        where file.IsTest
        from call in file.Tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression.ToString() is "Task.Delay" or "Thread.Sleep"
        where call.Ancestors().All(ancestor => ancestor is not (WhileStatementSyntax or ForStatementSyntax
            or DoStatementSyntax))
        where call.ArgumentList.Arguments.All(argument => !argument.ToString().Contains("Infinite"))
        // On a test's own clock nobody waits.
        where call.ArgumentList.Arguments.All(argument => argument.ToString() is not ("time" or "_time"))
        select $"{file.Path}:{file.LineOf(call)}: {call}");

    private static bool HoldsALongText(SourceFile file, int line)
    {
        const int LongColumns = 60;
        var span = file.Tree.GetText().Lines[line].Span;
        return file.Tree.GetRoot().DescendantNodes(span)
            .Where(node => node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax)
            .Any(node => node.Span.Intersection(span) is { Length: >= LongColumns });
    }

    private static int Length(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static bool IsOverride(SyntaxNode? node) =>
        node is MethodDeclarationSyntax method && method.Modifiers.Any(SyntaxKind.OverrideKeyword);

    private static bool IsOptional(ParameterSyntax parameter) =>
        parameter.Default is not null || parameter.Modifiers.Any(SyntaxKind.ParamsKeyword);

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    private static void Nothing(IEnumerable<string> found)
    {
        var places = found.ToList();
        Assert.True(places.Count == 0, string.Join('\n', places));
    }
}
