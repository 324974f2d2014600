namespace Netes.Api.Authorization;

public sealed partial record SelfSubjectRulesReview : IResource<SelfSubjectRulesReview>
{
    public static ResourceDefinition<SelfSubjectRulesReview> Resource { get; } = new()
    {
        Group = "authorization.k8s.io",
        Version = "v1",
        Kind = "SelfSubjectRulesReview",
        Plural = "selfsubjectrulesreviews",
        Singular = "selfsubjectrulesreview",
        Namespaced = false,
        Verbs = ["create"],
        Stored = false,
    };
}
