using Netes.Api.Core;
using static Netes.Api.Columns<Netes.Api.Events.Event>;

namespace Netes.Api.Events;

/// <summary>What <c>kubectl get</c> shows. Source: printEvent of pkg/printers/internalversion/printers.go.</summary>
internal static class EventColumns
{
    public static ValueList<Column<Event>> All { get; } =
    [
        new("Last Seen", static (item, now) => LastSeen(item, now), Description: "When it last happened."),
        Text("Type", static item => item.Type, "Normal or Warning."),
        Text("Reason", static item => item.Reason, "Why, in one word."),
        Text("Object", static item => Target(item.Regarding), "What it is about."),
        Wide("Subobject", static item => item.Regarding.FieldPath),
        Wide("Source", Source),
        Text("Message", static item => item.Note.Trim(), "What happened."),
        new("First Seen", static (item, now) => FirstSeen(item, now), Priority: 1),
        new("Count", static (item, _) => Count(item), Priority: 1),
        new("Name", static (item, _) => item.Metadata.Name, Priority: 1, Format: "name"),
    ];

    private static string LastSeen(Event item, DateTimeOffset now) =>
        item.Series is { } series ? Ages.Since(series.LastObservedTime, now)
        : item.DeprecatedLastTimestamp is { } last ? Ages.Since(last, now)
        : FirstSeen(item, now);

    private static string FirstSeen(Event item, DateTimeOffset now) =>
        item.DeprecatedFirstTimestamp is { } first ? Ages.Since(first, now) : Ages.Since(item.EventTime, now);

    // Events of the new API that happened once have no count.
    private static long Count(Event item) =>
        item.Series?.Count ?? (item.DeprecatedCount == 0 ? 1 : item.DeprecatedCount);

    private static string Target(ObjectReference about) => about.Name.Length == 0
        ? about.Kind.ToLowerInvariant()
        : $"{about.Kind.ToLowerInvariant()}/{about.Name}";

    private static string Source(Event item)
    {
        var component = item.DeprecatedSource.Component.Length > 0 ? item.DeprecatedSource.Component
            : item.ReportingController;
        var instance = item.DeprecatedSource.Host.Length > 0 ? item.DeprecatedSource.Host : item.ReportingInstance;
        return string.Join(", ", ((string[])[component, instance]).Where(part => part.Length > 0));
    }
}
