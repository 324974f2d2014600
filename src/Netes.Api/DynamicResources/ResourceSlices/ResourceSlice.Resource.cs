namespace Netes.Api.DynamicResources;

public sealed partial record ResourceSlice : IResource<ResourceSlice>
{
    public static ResourceDefinition<ResourceSlice> Resource { get; } = new()
    {
        Group = "resource.k8s.io",
        Version = "v1",
        Kind = "ResourceSlice",
        Plural = "resourceslices",
        Singular = "resourceslice",
        Namespaced = false,
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = ResourceSliceColumns.All,
        PrepareCreate = ResourceSliceRules.Prepare,
        PrepareUpdate = static (next, _) => ResourceSliceRules.Prepare(next),
        Validate = ResourceSliceRules.Validate,
        ValidateUpdate = ResourceSliceRules.ValidateUpdate,
        Fields =
        [
            new("spec.nodeName", static slice => slice.Spec.NodeName ?? ""),
            new("spec.driver", static slice => slice.Spec.Driver),
        ],
    };
}
