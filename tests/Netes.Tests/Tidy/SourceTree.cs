using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Netes.Tests.Tidy;

/// <summary>The repository's own files, each read and parsed once for all tests of this folder.</summary>
public sealed class SourceTree
{
    private static readonly string[] _ownFolders = ["src", "tests", "bench", "samples", "docs"];

    private SourceTree()
    {
        Root = FindRoot(AppContext.BaseDirectory);
        var files = _ownFolders.Select(folder => Path.Combine(Root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Root))
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "artifacts"))
            .Order(StringComparer.Ordinal).ToList();
        Files = files;
        Code = files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).AsParallel().AsOrdered()
            .Select(file => new SourceFile(file, File.ReadAllText(Path.Combine(Root, file)))).ToList();
        Pages = files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))
            .Select(file => new Page(file, File.ReadAllLines(Path.Combine(Root, file)))).ToList();
        Words = Code.SelectMany(file => file.Tree.GetRoot().DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)).ToHashSet();
    }

    public static SourceTree Whole { get; } = new();

    public string Root { get; }

    /// <summary>Paths relative to <see cref="Root"/>, without what a build makes.</summary>
    public IReadOnlyList<string> Files { get; }

    public IReadOnlyList<SourceFile> Code { get; }

    public IReadOnlyList<Page> Pages { get; }

    /// <summary>Every identifier that stands somewhere in the code.</summary>
    public IReadOnlySet<string> Words { get; }

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Netes.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no Netes.slnx above {start}: the tidy tests read the repository");
    }
}

public sealed record Page(string Path, IReadOnlyList<string> Lines);

public sealed record SourceFile(string Path, string Text)
{
    private static readonly CSharpParseOptions _options = new(LanguageVersion.Preview,
        preprocessorSymbols: ["NET10_0_OR_GREATER"]);

    public IReadOnlyList<string> Lines { get; } = Text.TrimEnd('\n').Split('\n');

    public SyntaxTree Tree { get; } = CSharpSyntaxTree.ParseText(
        Text.StartsWith("#!", StringComparison.Ordinal) ? "//" + Text.Replace("\n#:", "\n//") : Text, _options, Path);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    public int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
