using System.Globalization;

namespace Netes.Api.Batch;

/// <summary>
/// The text of indexes, <c>1,3-5</c>. Source: validateIndexesFormat of pkg/apis/batch/validation/validation.go.
/// </summary>
internal static class JobIndexes
{
    /// <summary>What is wrong with the text; null: nothing.</summary>
    public static string? Problem(string text, int completions, out int total)
    {
        total = 0;
        if (text.Length == 0)
        {
            return null;
        }

        int? last = null;
        foreach (var part in text.Split(','))
        {
            if (Read(part, completions, out var first, out var end) is { } problem)
            {
                return problem;
            }

            if (last >= first)
            {
                return FormattableString.Invariant($"non-increasing order, previous: {last}, current: {first}");
            }

            (total, last) = (total + end - first + 1, end);
        }

        return null;
    }

    /// <summary>The first index that both texts have; null: none.</summary>
    public static int? FirstOfBoth(string one, string other, int completions)
    {
        var (left, right) = (Intervals(one, completions), Intervals(other, completions));
        foreach (var (first, last) in left)
        {
            foreach (var (start, end) in right)
            {
                if (first <= end && start <= last)
                {
                    return Math.Max(first, start);
                }
            }
        }

        return null;
    }

    private static List<(int First, int Last)> Intervals(string text, int completions)
    {
        List<(int, int)> intervals = [];
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Read(part, completions, out var first, out var last) is null)
            {
                intervals.Add((first, last));
            }
        }

        return intervals;
    }

    private static string? Read(string part, int completions, out int first, out int last)
    {
        (first, last) = (0, 0);
        var limits = part.Split('-');
        if (limits.Length > 2)
        {
            return $"the fragment \"{part}\" violates the requirement that an index interval can have at most two parts "
                + "separated by '-'";
        }

        if (Read(limits[0], completions, out first) is { } problem)
        {
            return problem;
        }

        last = first;
        if (limits.Length == 1)
        {
            return null;
        }

        return Read(limits[1], completions, out last)
            ?? (first >= last
                ? FormattableString.Invariant($"non-increasing order, previous: {first}, current: {last}")
                : null);
    }

    private static string? Read(string text, int completions, out int index) =>
        !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index)
            ? $"cannot convert string to integer for index: \"{text}\""
            : index >= completions ? $"too large index: \"{text}\""
            : null;
}
