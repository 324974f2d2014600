using System.Text;

namespace Netes.Cel;

/// <summary>What is wrong with an expression, and where: line and column count from 1, columns in code points.
/// <see cref="ToString"/> is cel-go's whole message with the line and a caret.
/// Source: cel-go common/error.go.</summary>
public sealed record CelIssue(int Line, int Column, string Message, string Snippet)
{
    public override string ToString()
    {
        // Tabs would move the caret.
        var text = new StringBuilder($"ERROR: <input>:{Line}:{Column}: {Message}");
        var line = Snippet.Replace('\t', ' ');
        text.Append("\n | ").Append(line).Append("\n | ");
        var runes = line.EnumerateRunes().Take(Column).ToList();
        for (var i = 0; i < Column - 1; i++)
        {
            text.Append(i < runes.Count && runes[i].Utf8SequenceLength > 1 ? '．' : '.');
        }

        return text.Append(Column - 1 < runes.Count && runes[Column - 1].Utf8SequenceLength > 1 ? '＾' : '^').ToString();
    }
}

/// <summary>An expression's text, and what was found wrong in it.</summary>
internal sealed class Source(string text)
{
    // cel-go: more than 100 errors of one text help nobody.
    private const int MostIssues = 100;

    private readonly List<(int Offset, string Message)> _found = [];

    public string Text { get; } = text;

    public bool HasIssues => _found.Count > 0;

    public void Report(int offset, string message)
    {
        if (_found.Count < MostIssues && !_found.Contains((offset, message)))
        {
            _found.Add((offset, message));
        }
    }

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<CelIssue> Issues() => [.. _found.OrderBy(issue => issue.Offset).Select(Locate)];

    private CelIssue Locate((int Offset, string Message) found)
    {
        var offset = Math.Min(found.Offset, Text.Length);
        var start = offset == 0 ? 0 : Text.LastIndexOf('\n', offset - 1) + 1;
        var end = Text.IndexOf('\n', offset);
        var line = Text.AsSpan(0, start).Count('\n') + 1;
        var column = (int)Netes.Cel.Text.CodePoints(Text[start..offset]) + 1;
        return new CelIssue(line, column, found.Message, Text[start..(end < 0 ? Text.Length : end)]);
    }
}
