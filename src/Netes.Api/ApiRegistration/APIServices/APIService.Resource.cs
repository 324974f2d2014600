namespace Netes.Api.ApiRegistration;

public sealed partial record APIService : IResource<APIService>
{
    public static ResourceDefinition<APIService> Resource { get; } = new()
    {
        Group = "apiregistration.k8s.io",
        Version = "v1",
        Kind = "APIService",
        Plural = "apiservices",
        Singular = "apiservice",
        Categories = ["api-extensions"],
        Namespaced = false,
        ValidateName = Names.PathSegment,
        CopyStatus = static (target, source) => target with { Status = source.Status },
        SpecEquals = static (next, old) => next.Spec == old.Spec,
        Columns = APIServiceColumns.All,
        Default = APIServiceRules.Default,
        Validate = APIServiceRules.Validate,
    };
}
