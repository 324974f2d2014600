namespace Netes.Api.Core;

public sealed partial record ComponentStatus : IResource<ComponentStatus>
{
    public static ResourceDefinition<ComponentStatus> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "ComponentStatus",
        Plural = "componentstatuses",
        Singular = "componentstatus",
        ShortNames = ["cs"],
        Namespaced = false,
        Verbs = ["get", "list"],
        Stored = false,
        Columns = ComponentStatusColumns.All,
    };
}
