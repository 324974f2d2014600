namespace Netes.Api.Authentication;

public sealed partial record SelfSubjectReview : IResource<SelfSubjectReview>
{
    public static ResourceDefinition<SelfSubjectReview> Resource { get; } = new()
    {
        Group = "authentication.k8s.io",
        Version = "v1",
        Kind = "SelfSubjectReview",
        Plural = "selfsubjectreviews",
        Singular = "selfsubjectreview",
        Namespaced = false,
        Verbs = ["create"],
        Stored = false,
    };
}
