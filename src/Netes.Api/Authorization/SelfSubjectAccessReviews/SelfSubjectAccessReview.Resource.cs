namespace Netes.Api.Authorization;

public sealed partial record SelfSubjectAccessReview : IResource<SelfSubjectAccessReview>
{
    public static ResourceDefinition<SelfSubjectAccessReview> Resource { get; } = new()
    {
        Group = "authorization.k8s.io",
        Version = "v1",
        Kind = "SelfSubjectAccessReview",
        Plural = "selfsubjectaccessreviews",
        Singular = "selfsubjectaccessreview",
        Namespaced = false,
        Verbs = ["create"],
        Stored = false,
    };
}
