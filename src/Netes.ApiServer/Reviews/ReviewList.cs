using Netes.Api;
using Netes.Api.Authentication;
using Netes.Api.Authorization;
using Netes.ApiServer.Media;
using Netes.ApiServer.Rendering;
using Netes.ApiServer.Routing;
using Netes.ApiServer.Subresources;

namespace Netes.ApiServer.Reviews;

/// <summary>The resources that are answered and never stored: the visible list. Keys: group/version/resource.</summary>
internal static class ReviewList
{
    public static string Key(ResourceDefinition definition) =>
        $"{definition.Group}/{definition.Version}/{definition.Plural}";

    public static IReadOnlyDictionary<string, ITransientResource> All(ClusterSecurity security, PodBinder bindings) =>
        new Dictionary<string, ITransientResource>(StringComparer.Ordinal)
        {
            ["/v1/bindings"] = new Posted((request, cancel) => bindings.HandleAsync(request, "", cancel)),
            ["authentication.k8s.io/v1/selfsubjectreviews"] = Review<SelfSubjectReview>((request, _, _) =>
                ValueTask.FromResult(AuthenticationReviewsOf(request))),
            ["authentication.k8s.io/v1/tokenreviews"] = Review<TokenReview>((_, review, cancel) =>
                security.AuthenticationReviews.ReviewAsync(review, cancel)),
            ["authorization.k8s.io/v1/localsubjectaccessreviews"] = Review<LocalSubjectAccessReview>(
                (request, review, cancel) => security.AuthorizationReviews.ReviewAsync(
                    InNamespace(review, request.Info.Namespace), request.Info.Namespace, cancel)),
            ["authorization.k8s.io/v1/selfsubjectaccessreviews"] = Review<SelfSubjectAccessReview>(
                (request, review, cancel) => security.AuthorizationReviews.ReviewAsync(review, request.User, cancel)),
            ["authorization.k8s.io/v1/selfsubjectrulesreviews"] = Review<SelfSubjectRulesReview>((request, review, _) =>
                ValueTask.FromResult(security.AuthorizationReviews.Review(review, request.User))),
            ["authorization.k8s.io/v1/subjectaccessreviews"] = Review<SubjectAccessReview>((_, review, cancel) =>
                security.AuthorizationReviews.ReviewAsync(review, cancel)),
        };

    private static SelfSubjectReview AuthenticationReviewsOf(RequestContext request) =>
        Authentication.AuthenticationReviews.Review(request.User);

    private static LocalSubjectAccessReview InNamespace(LocalSubjectAccessReview review, string namespaceName) =>
        review.Metadata.Namespace.Length == 0
            ? review with { Metadata = review.Metadata with { Namespace = namespaceName } }
            : review;

    private static Posted Review<T>(Func<RequestContext, T, CancellationToken, ValueTask<T>> answer)
        where T : class, IApiKind<T> => new(async (request, cancel) =>
        {
            var review = await ValueReader.ReadAsync<T>(request, cancel);
            return Values.Answer(request, await answer(request, review, cancel), 201);
        });

    private sealed class Posted(Func<RequestContext, CancellationToken, Task<ApiResult>> handle) : ITransientResource
    {
        public Task<ApiResult> HandleAsync(RequestContext context, CancellationToken cancel) =>
            context.Info is { Verb: "create", Name.Length: 0 }
                ? handle(context, cancel)
                : throw RequestRouter.MethodNotAllowed();
    }
}
