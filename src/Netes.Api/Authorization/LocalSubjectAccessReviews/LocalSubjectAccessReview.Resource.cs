namespace Netes.Api.Authorization;

public sealed partial record LocalSubjectAccessReview : IResource<LocalSubjectAccessReview>
{
    public static ResourceDefinition<LocalSubjectAccessReview> Resource { get; } = new()
    {
        Group = "authorization.k8s.io",
        Version = "v1",
        Kind = "LocalSubjectAccessReview",
        Plural = "localsubjectaccessreviews",
        Singular = "localsubjectaccessreview",
        Namespaced = true,
        Verbs = ["create"],
        Stored = false,
    };
}
