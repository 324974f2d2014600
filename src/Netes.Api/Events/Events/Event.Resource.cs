namespace Netes.Api.Events;

public sealed partial record Event : IResource<Event>
{
    public static ResourceDefinition<Event> Resource { get; } = new()
    {
        Group = "events.k8s.io",
        Version = "v1",
        Kind = "Event",
        Plural = "events",
        Singular = "event",
        ShortNames = ["ev"],
        Namespaced = true,
        Columns = EventColumns.All,
        Validate = EventRules.Validate,
        ValidateUpdate = EventRules.ValidateUpdate,
        Fields = EventRules.Fields,
    };
}
