using System.Globalization;
using Netes.Api.Meta;

namespace Netes.Api;

/// <summary>
/// Columns that many kinds share, and how others are made. Source: pkg/printers/internalversion/printers.go.
/// </summary>
internal static class Columns<T>
    where T : class, IResource<T>
{
    public static Column<T> Name { get; } = new(
        "Name", static (item, _) => item.Metadata.Name, Format: "name",
        Description: "What the object is called; unique among its kind in its namespace.");

    public static Column<T> Age { get; } = Since(
        "Age", static item => item.Metadata.CreationTimestamp, "How long ago the object was created.");

    /// <summary>What a kind without a printer shows. Source: registry/rest/table.go.</summary>
    public static ValueList<Column<T>> Standard { get; } =
    [
        Name,
        new("Created At", static (item, _) => item.Metadata.CreationTimestamp?.ToString(), "date",
            Description: "When the object was created."),
    ];

    public static Column<T> Text(string name, Func<T, string> value, string description = "") =>
        new(name, (item, _) => value(item), Description: description);

    /// <summary>A column of <c>-o wide</c>.</summary>
    public static Column<T> Wide(string name, Func<T, string> value, string description = "") =>
        new(name, (item, _) => value(item), Priority: 1, Description: description);

    public static Column<T> Number(string name, Func<T, long> value, string description = "") =>
        new(name, (item, _) => value(item), "integer", Description: description);

    public static Column<T> Flag(string name, Func<T, bool> value, string description = "") =>
        new(name, (item, _) => value(item), "boolean", Description: description);

    /// <summary>A number in a column of texts, as Kubernetes declares some.</summary>
    public static Column<T> Count(string name, Func<T, long> value, string description = "") =>
        new(name, (item, _) => value(item), Description: description);

    public static Column<T> Since(string name, Func<T, Timestamp?> time, string description = "") =>
        new(name, (item, now) => Ages.Since(time(item), now), Description: description);
}

/// <summary>Parts of cells.</summary>
internal static class Cells
{
    public const string None = "<none>";
    public const string Unset = "<unset>";
    public const string Unknown = "<unknown>";

    public static string OrNone(string? text) => string.IsNullOrEmpty(text) ? None : text;

    public static string Labels(ValueMap<string> labels) =>
        OrNone(string.Join(',', labels.Select(pair => $"{pair.Key}={pair.Value}")));

    /// <summary>A selector in the notation of <c>-l</c>. Source: FormatLabelSelector.</summary>
    public static string Selector(LabelSelector? selector)
    {
        if (selector is null)
        {
            return None;
        }

        var parts = selector.MatchLabels.Select(pair => (pair.Key, Text: $"{pair.Key}={pair.Value}"))
            .Concat(selector.MatchExpressions.Select(expression => (expression.Key, Text: Expression(expression))))
            .OrderBy(part => part.Key, StringComparer.Ordinal)
            .Select(part => part.Text);
        return OrNone(string.Join(',', parts));
    }

    public static string Ratio(long part, long whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{part}/{whole}");

    public static string Flag(bool? flag) => flag switch
    {
        true => "true",
        false => "false",
        null => Unset,
    };

    /// <summary>The first three, and how many more there are.</summary>
    public static string Few(IReadOnlyList<string> items, int shown = 3) => items.Count <= shown
        ? string.Join(',', items)
        : string.Create(CultureInfo.InvariantCulture,
            $"{string.Join(',', items.Take(shown))} + {items.Count - shown} more...");

    private static string Expression(LabelSelectorRequirement expression)
    {
        var values = string.Join(',', expression.Values.Order(StringComparer.Ordinal));
        return expression.Operator switch
        {
            LabelSelectorOperator.In => $"{expression.Key} in ({values})",
            LabelSelectorOperator.NotIn => $"{expression.Key} notin ({values})",
            LabelSelectorOperator.Exists => expression.Key,
            _ => $"!{expression.Key}",
        };
    }
}
