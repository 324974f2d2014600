using Netes.Api;
using Netes.Api.Authentication;

namespace Netes.ApiServer.Authentication;

/// <summary>
/// Answers TokenReview and SelfSubjectReview. Source:
/// pkg/registry/authentication/{tokenreview,selfsubjectreview}/rest.go.
/// </summary>
public sealed class AuthenticationReviews(AuthenticationOptions options, TokenAuthenticator tokens)
{
    public async ValueTask<TokenReview> ReviewAsync(TokenReview review, CancellationToken cancel)
    {
        if (review.Spec.Token.Length == 0)
        {
            throw ApiErrors.BadRequest("token is required for TokenReview in authentication");
        }

        var audiences = review.Spec.Audiences.IsEmpty ? options.OwnAudiences : review.Spec.Audiences;
        var status = await tokens.AuthenticateAsync(review.Spec.Token, audiences, cancel) switch
        {
            AuthenticationResult.Authenticated found => new TokenReviewStatus
            {
                Authenticated = true,
                User = ToUserInfo(RequestAuthenticator.WithAuthenticatedGroup(found.User)),
                Audiences = found.Audiences,
            },
            AuthenticationResult.Rejected rejected => new TokenReviewStatus { Error = rejected.Why },
            _ => new TokenReviewStatus { Error = "invalid bearer token" },
        };
        // The token is not sent back: reviews end up in logs.
        return review with { Spec = review.Spec with { Token = "" }, Status = status };
    }

    public static SelfSubjectReview Review(UserIdentity user) =>
        new() { Status = new SelfSubjectReviewStatus { UserInfo = ToUserInfo(user) } };

    public static UserInfo ToUserInfo(UserIdentity user) => new()
    {
        Username = user.Name,
        Uid = user.Uid,
        Groups = user.Groups,
        Extra = user.Extra,
    };
}
