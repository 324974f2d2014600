using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Netes.Tests.Tidy;

/// <summary>ARCHITECTURE.md's table of rooms, and the documents, against what is there.</summary>
public sealed partial class StructureTests
{
    private static readonly SourceTree _source = SourceTree.Whole;

    // The column "may reference" of ARCHITECTURE.md, as direct references; what they reference comes along.
    private static readonly Dictionary<string, string[]> _mayReference = new()
    {
        ["Netes.Api"] = ["Netes.Cel"],
        ["Netes.Api.Generator"] = [],
        ["Netes.Cel"] = [],
        ["Netes.Store"] = [],
        ["Netes.Client"] = ["Netes.Api"],
        ["Netes.ApiServer"] = ["Netes.Api", "Netes.Store"],
        ["Netes.ControlPlane"] = ["Netes.Client"],
        ["Netes.Node"] = ["Netes.Client"],
        ["Netes.Host"] = ["Netes.ApiServer", "Netes.ControlPlane", "Netes.Node"],
        ["Netes.Cli"] = ["Netes.Host"],
    };

    [Fact]
    public void Projects_ReferenceOnlyWhatTheyMay()
    {
        var projects = _source.Files.Where(file => file.StartsWith("src/") && file.EndsWith(".csproj")).ToList();
        Assert.Equal(_mayReference.Keys.Order(StringComparer.Ordinal),
            projects.Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));
        foreach (var project in projects)
        {
            var references = XDocument.Load(Path.Combine(_source.Root, project)).Descendants("ProjectReference")
                .Where(reference => (string?)reference.Attribute("OutputItemType") != "Analyzer")
                .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
            Assert.Subset(_mayReference[Path.GetFileNameWithoutExtension(project)].ToHashSet(),
                references.ToHashSet());
        }
    }

    [Fact]
    public void EveryProject_IsInTheSolution()
    {
        var listed = XDocument.Load(Path.Combine(_source.Root, "Netes.slnx")).Descendants("Project")
            .Select(project => (string)project.Attribute("Path")!);
        Assert.Equal(_source.Files.Where(file => file.EndsWith(".csproj")).Order(StringComparer.Ordinal),
            listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryNamespace_FollowsItsProject() => Nothing(
        from file in _source.Code
        let parts = file.Path.Split('/')
        where parts is ["src", _, _, ..]
        let name = NamespaceOf().Match(file.Text).Groups[1].Value
        let expected = parts[1] == "Netes.Node" ? "Netes.Nodes" : parts[1]
        where name.Length > 0 && name != expected && !name.StartsWith(expected + ".", StringComparison.Ordinal)
        where name != "System.Runtime.CompilerServices"
        select $"{file.Path}: namespace {name}");

    [Fact]
    public void EveryPackage_HasALineInDependencies()
    {
        var said = string.Join('\n', _source.Pages.Single(page => page.Path == "docs/dependencies.md").Lines);
        var used = _source.Files.Where(file => file.EndsWith(".csproj") || file.EndsWith("Directory.Packages.props")
                || file.EndsWith("Directory.Build.props"))
            .SelectMany(file => XDocument.Load(Path.Combine(_source.Root, file)).Descendants())
            .Where(element => element.Name.LocalName is "PackageReference" or "GlobalPackageReference"
                or "PackageVersion")
            .Select(element => (string)element.Attribute("Include")!).Distinct();
        Assert.All(used, package => Assert.Contains(package, said));
    }

    [Fact]
    public void EveryPage_HasOneTitle() => Nothing(
        from page in _source.Pages
        let titles = Prose(page).Count(line => line.Text.StartsWith("# ", StringComparison.Ordinal))
        where titles != 1
        select $"{page.Path}: {titles} titles");

    [Fact]
    public void EveryLink_LeadsSomewhere() => Nothing(
        from page in _source.Pages
        from line in Prose(page)
        from Match link in LinkTarget().Matches(line.Text)
        let target = link.Groups[1].Value
        where !target.Contains("://") && target.Length > 0
        let path = Path.Combine(_source.Root, Path.GetDirectoryName(page.Path)!, target)
        where !File.Exists(path) && !Directory.Exists(path)
        select $"{page.Path}:{line.Number}: {target}");

    // `SchedulingQueue` in a page is a promise that a reader finds it.
    [Fact]
    public void PagesNameOnlyWhatExists() => Nothing(
        from page in _source.Pages
        where page.Path != "CHANGELOG.md"
        from line in Prose(page)
        from Match quoted in Quoted().Matches(line.Text)
        let text = quoted.Groups[1].Value
        where IsPath(text) ? !Exists(text) : CodeName().IsMatch(text) && !text.Split('.', '<', '>', '(', ')')
            .Where(word => CodeName().IsMatch(word)).All(word => _source.Words.Contains(word))
        select $"{page.Path}:{line.Number}: {text}");

    private static bool IsPath(string text) => OwnPath().IsMatch(text);

    private bool Exists(string path) => path.AsSpan().ContainsAny('<', '*', '{') || path.Contains("X.")
        || File.Exists(Path.Combine(_source.Root, path)) || Directory.Exists(Path.Combine(_source.Root, path));

    private static IEnumerable<(int Number, string Text)> Prose(Page page)
    {
        var fenced = false;
        foreach (var (index, line) in page.Lines.Index())
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fenced = !fenced;
            }
            else if (!fenced)
            {
                yield return (index + 1, line);
            }
        }
    }

    private static void Nothing(IEnumerable<string> found)
    {
        var places = found.ToList();
        Assert.True(places.Count == 0, string.Join('\n', places));
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceOf();

    [GeneratedRegex(@"\]\(([^)#\s]*)[^)]*\)")]
    private static partial Regex LinkTarget();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    // Two humps or more: `SchedulingQueue`, not `Job` (a kind) or `Secret`.
    [GeneratedRegex(@"^[A-Z][a-z]+[A-Z]\w*(<\w+>)?(\.[A-Z]\w+)*(\(\))?$")]
    private static partial Regex CodeName();

    [GeneratedRegex(@"^(src|tests|docs|bench|samples)/")]
    private static partial Regex OwnPath();
}
