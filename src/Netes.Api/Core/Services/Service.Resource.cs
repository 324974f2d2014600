namespace Netes.Api.Core;

public sealed partial record Service : IResource<Service>
{
    public static ResourceDefinition<Service> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Service",
        Plural = "services",
        Singular = "service",
        ShortNames = ["svc"],
        Categories = ["all"],
        Namespaced = true,
        Subresources = ["proxy"],
        CopyStatus = static (target, source) => target with { Status = source.Status },
        Default = ServiceRules.Default,
        PrepareCreate = ServiceRules.PrepareCreate,
        PrepareUpdate = ServiceRules.PrepareUpdate,
        Validate = ServiceValidation.Validate,
        ValidateUpdate = ServiceValidation.ValidateUpdate,
        ValidateName = Names.Dns1035Label,
        Warnings = ServiceRules.Warnings,
        Fields = ServiceRules.Fields,
        Columns = ServiceColumns.All,
    };
}
