using Netes.Api.Core;
using System.Globalization;
using static Netes.Api.Columns<Netes.Api.Batch.Job>;

namespace Netes.Api.Batch;

/// <summary>What <c>kubectl get</c> shows. Source: printJob of pkg/printers/internalversion/printers.go.</summary>
internal static class JobColumns
{
    public static ValueList<Column<Job>> All { get; } =
    [
        Name,
        Text("Status", Status, "How far the job is."),
        Text("Completions", Completions, "Pods that succeeded, of those wanted."),
        new("Duration", Duration, Description: "How long the job ran."),
        Age,
        Wide("Containers", static item => PodCells.Names(item.Spec.Template)),
        Wide("Images", static item => PodCells.Images(item.Spec.Template)),
        Wide("Selector", static item => Cells.Selector(item.Spec.Selector)),
    ];

    private static string Status(Job item) =>
        Has(item, JobConditionType.Complete) ? "Complete"
        : Has(item, JobConditionType.Failed) ? "Failed"
        : item.Metadata.DeletionTimestamp is not null ? "Terminating"
        : Has(item, JobConditionType.Suspended) ? "Suspended"
        : Has(item, JobConditionType.FailureTarget) ? "FailureTarget"
        : "Running";

    private static bool Has(Job item, string type) =>
        item.Status.Conditions.Any(condition => condition.Type == type && condition.Status == ConditionStatus.True);

    private static string Completions(Job item)
    {
        if (item.Spec.Completions is { } completions)
        {
            return Cells.Ratio(item.Status.Succeeded, completions);
        }

        var parallelism = item.Spec.Parallelism ?? 0;
        return parallelism > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{item.Status.Succeeded}/1 of {parallelism}")
            : Cells.Ratio(item.Status.Succeeded, 1);
    }

    private static object? Duration(Job item, DateTimeOffset now) => item.Status.StartTime is not { } start
        ? ""
        : Ages.Since(start, item.Status.CompletionTime?.ToDateTimeOffset() ?? now);
}
