namespace Netes.Api.Core;

public sealed partial record Endpoints : IResource<Endpoints>
{
    public static ResourceDefinition<Endpoints> Resource { get; } = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Endpoints",
        Plural = "endpoints",
        Singular = "endpoints",
        ShortNames = ["ep"],
        Namespaced = true,
        Columns = EndpointsColumns.All,
        Default = EndpointsRules.Default,
        Validate = EndpointsRules.Validate,
    };
}
