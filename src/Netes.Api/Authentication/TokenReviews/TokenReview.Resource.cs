namespace Netes.Api.Authentication;

public sealed partial record TokenReview : IResource<TokenReview>
{
    public static ResourceDefinition<TokenReview> Resource { get; } = new()
    {
        Group = "authentication.k8s.io",
        Version = "v1",
        Kind = "TokenReview",
        Plural = "tokenreviews",
        Singular = "tokenreview",
        Namespaced = false,
        Verbs = ["create"],
        Stored = false,
    };
}
