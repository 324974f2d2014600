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
        Deprecation = "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
        Columns = EndpointsColumns.All,
        Default = EndpointsRules.Default,
        Validate = EndpointsRules.Validate,
    };
}
