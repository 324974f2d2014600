namespace Netes.Api.Apps;

public sealed partial record ControllerRevision : IResource<ControllerRevision>
{
    public static ResourceDefinition<ControllerRevision> Resource { get; } = new()
    {
        Group = "apps",
        Version = "v1",
        Kind = "ControllerRevision",
        Plural = "controllerrevisions",
        Singular = "controllerrevision",
        Namespaced = true,
        Columns = ControllerRevisionColumns.All,
        Validate = ControllerRevisionRules.Validate,
        ValidateUpdate = ControllerRevisionRules.ValidateUpdate,
    };
}
