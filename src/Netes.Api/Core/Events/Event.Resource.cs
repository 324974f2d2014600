namespace Netes.Api.Core;

public sealed partial record Event : IResource<Event>
{
    public static ResourceDefinition<Event> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Event",
        Plural = "events",
        Singular = "event",
        ShortNames = ["ev"],
        Namespaced = true,
        Columns = EventColumns.All,
        Validate = EventRules.Validate,
        Fields = EventRules.Fields,
    };
}
