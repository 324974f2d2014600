using System.Globalization;
using System.Text;

namespace Netes.ControlPlane;

/// <summary>
/// Completion indexes as ordered intervals, the way a status writes them: <c>1,3-5,7</c>. Immutable.
/// Source: pkg/controller/job/indexed_job_utils.go, orderedIntervals.
/// </summary>
internal sealed class IndexSet
{
    private readonly List<(int First, int Last)> _intervals;

    private IndexSet(List<(int First, int Last)> intervals) => _intervals = intervals;

    public static IndexSet Empty { get; } = new([]);

    public int Count => _intervals.Sum(interval => interval.Last - interval.First + 1);

    /// <summary>The indexes below <paramref name="completions"/> that the text names; what cannot be read is left
    /// out.</summary>
    public static IndexSet Parse(string text, int completions)
    {
        List<(int First, int Last)> intervals = [];
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var limits = part.Split('-');
            if (Number(limits[0]) is not { } first || Number(limits[^1]) is not { } last || last < first
                || limits.Length > 2 || first >= completions)
            {
                continue;
            }

            intervals.Add((first, Math.Min(last, completions - 1)));
        }

        return Merged(intervals);
    }

    public static IndexSet Of(IEnumerable<int> indexes) => Merged(indexes.Select(index => (index, index)));

    public IndexSet Union(IndexSet other) =>
        other._intervals.Count == 0 ? this : Merged(_intervals.Concat(other._intervals));

    public bool Contains(int index)
    {
        var (low, high) = (0, _intervals.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _intervals[middle].Last >= index ? (low, middle) : (middle + 1, high);
        }

        return low < _intervals.Count && _intervals[low].First <= index;
    }

    /// <summary>How many indexes both have.</summary>
    public int Overlap(IndexSet other)
    {
        var (mine, theirs, count) = (0, 0, 0);
        while (mine < _intervals.Count && theirs < other._intervals.Count)
        {
            var (left, right) = (_intervals[mine], other._intervals[theirs]);
            count += Math.Max(0, Math.Min(left.Last, right.Last) - Math.Max(left.First, right.First) + 1);
            (mine, theirs) = left.Last < right.Last ? (mine + 1, theirs) : (mine, theirs + 1);
        }

        return count;
    }

    /// <summary>The first indexes below <paramref name="completions"/> that are missing, in order.</summary>
    public List<int> Missing(int completions, int count)
    {
        List<int> missing = [];
        var candidate = 0;
        foreach (var (first, last) in _intervals.Append((completions, completions)))
        {
            for (; candidate < Math.Min(first, completions) && missing.Count < count; candidate++)
            {
                missing.Add(candidate);
            }

            candidate = Math.Max(candidate, last + 1);
        }

        return missing;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (first, last) in _intervals)
        {
            var separator = text.Length > 0 ? "," : "";
            text.Append(CultureInfo.InvariantCulture, $"{separator}{first}");
            if (last > first)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(last == first + 1 ? ',' : '-')}{last}");
            }
        }

        return text.ToString();
    }

    private static IndexSet Merged(IEnumerable<(int First, int Last)> intervals)
    {
        List<(int First, int Last)> merged = [];
        foreach (var (first, last) in intervals.Order())
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            }
            else
            {
                merged.Add((first, last));
            }
        }

        return new(merged);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
