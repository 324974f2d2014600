namespace Netes.ControlPlane.Scheduling;

/// <summary>What a scheduling cycle came to.</summary>
/// <param name="Node">The chosen node; null: none fits.</param>
/// <param name="Message">Why none fits.</param>
/// <param name="Rejectors">The plugins that turned nodes down.</param>
/// <param name="PostFilter">What came of making room; null: it was not tried.</param>
internal sealed record ScheduleResult(
    string? Node, string Message, IReadOnlyCollection<ISchedulerPlugin> Rejectors, PostFilterResult? PostFilter)
{
    public static ScheduleResult On(string node) => new(node, "", [], null);
}
