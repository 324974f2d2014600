using Netes.Api.Core;
using static Netes.Api.Columns<Netes.Api.Batch.CronJob>;

namespace Netes.Api.Batch;

/// <summary>What <c>kubectl get</c> shows. Source: printCronJob of pkg/printers/internalversion/printers.go.</summary>
internal static class CronJobColumns
{
    public static ValueList<Column<CronJob>> All { get; } =
    [
        Name,
        Text("Schedule", static item => item.Spec.Schedule, "When jobs start, in cron's notation."),
        Text("Timezone", static item => Cells.OrNone(item.Spec.TimeZone), "The time zone of the schedule."),
        new("Suspend", static (item, _) =>
            Suspended(item.Spec.Suspend), "boolean", Description: "Whether no jobs start."),
        Number("Active", static item => item.Status.Active.Count, "Jobs that run now."),
        new("Last Schedule", static (item, now) =>
            item.Status.LastScheduleTime is { } time ? Ages.Since(time, now)
                : Cells.None, Description: "When the last job started."),
        Age,
        Wide("Containers", static item => PodCells.Names(item.Spec.JobTemplate.Spec.Template)),
        Wide("Images", static item => PodCells.Images(item.Spec.JobTemplate.Spec.Template)),
        Wide("Selector", static item => Cells.Selector(item.Spec.JobTemplate.Spec.Selector)),
    ];

    private static string Suspended(bool? suspend) => suspend switch
    {
        true => "True",
        false => "False",
        null => Cells.Unset,
    };
}
