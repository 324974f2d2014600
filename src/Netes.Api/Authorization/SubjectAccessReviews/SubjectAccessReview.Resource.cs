namespace Netes.Api.Authorization;

public sealed partial record SubjectAccessReview : IResource<SubjectAccessReview>
{
    public static ResourceDefinition<SubjectAccessReview> Resource { get; } = new()
    {
        Group = "authorization.k8s.io",
        Version = "v1",
        Kind = "SubjectAccessReview",
        Plural = "subjectaccessreviews",
        Singular = "subjectaccessreview",
        Namespaced = false,
        Verbs = ["create"],
        Stored = false,
    };
}
