using System.Globalization;
using System.Text;

namespace Netes.Bench.Reports;

/// <summary>The one table: what, the bar, the figure, and how it stands to the last run and to Kubernetes.</summary>
internal static class Table
{
    public static string Of(
        IReadOnlyDictionary<string, double> figures, Figures last, Figures kubernetes)
    {
        List<string[]> rows = [["measure", "bar", "figure", "", "× last run", "× Kubernetes", ""]];
        foreach (Measure measure in Measures.All)
        {
            if (figures.TryGetValue(measure.Name, out double figure))
            {
                double? other = kubernetes.Of(measure.Name);
                rows.Add(
                [
                    measure.Name,
                    measure.Bar?.ToString() ?? "",
                    Number(figure),
                    measure.Unit,
                    last.Of(measure.Name) is { } before ? Ratio(measure.Times(figure, before)) : "",
                    other is { } theirs ? Ratio(measure.Times(figure, theirs)) : "",
                    measure.IsMet(figure, other) switch { true => "met", false => "MISSED", null => "" },
                ]);
            }
        }

        int[] widths = [.. Enumerable.Range(0, 7).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                text.Append(i is 0 or 3 or 6 ? row[i].PadRight(widths[i]) : row[i].PadLeft(widths[i])).Append("  ");
            }

            text.Length -= text.Length - text.ToString().TrimEnd().Length;
            text.Append('\n');
        }

        return text.ToString();
    }

    public static string Number(double value) =>
        Figures.Rounded(value).ToString("#,0.####", CultureInfo.InvariantCulture);

    private static string Ratio(double times) => times.ToString("0.00", CultureInfo.InvariantCulture);
}
