namespace Netes.Api.Discovery;

public sealed partial record EndpointSlice : IResource<EndpointSlice>
{
    public static ResourceDefinition<EndpointSlice> Resource { get; } = new()
    {
        Group = "discovery.k8s.io",
        Version = "v1",
        Kind = "EndpointSlice",
        Plural = "endpointslices",
        Singular = "endpointslice",
        Namespaced = true,
        Columns = EndpointSliceColumns.All,
        SpecEquals = static (next, old) => next with { Metadata = old.Metadata } == old,
        Default = EndpointSliceRules.Default,
        Validate = EndpointSliceRules.Validate,
        ValidateUpdate = EndpointSliceRules.ValidateUpdate,
    };
}
