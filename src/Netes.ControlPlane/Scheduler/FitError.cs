using System.Globalization;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Why no node fits, in Kubernetes' words. Pure. Source: pkg/scheduler/framework/types.go, FitError.</summary>
internal static class FitError
{
    public const string NoNodes = "no nodes available to schedule pods";

    /// <param name="nodes">How many nodes there are.</param>
    /// <param name="statuses">What was said about each node that was looked at.</param>
    /// <param name="absentReason">What is said of the nodes that were not looked at; empty: nothing.</param>
    /// <param name="preFilter">What was said about the pod as a whole; empty: nothing.</param>
    /// <param name="postFilter">What came of making room; empty: nothing.</param>
    public static string Message(
        int nodes, IReadOnlyCollection<PluginStatus> statuses, string absentReason, string preFilter, string postFilter)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"0/{nodes} nodes are available:");
        if (preFilter.Length > 0)
        {
            message += $" {preFilter}.";
        }
        else
        {
            var counts = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var reason in statuses.SelectMany(status => status.Reasons))
            {
                counts[reason] = counts.GetValueOrDefault(reason) + 1;
            }

            if (statuses.Count < nodes && absentReason.Length > 0)
            {
                counts[absentReason] = counts.GetValueOrDefault(absentReason) + nodes - statuses.Count;
            }

            var shown = counts
                .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value} {pair.Key}"))
                .Order(StringComparer.Ordinal)
                .ToList();
            message += shown.Count == 0 ? "" : $" {string.Join(", ", shown)}.";
        }

        return postFilter.Length == 0 ? message : $"{message} {postFilter}";
    }
}
