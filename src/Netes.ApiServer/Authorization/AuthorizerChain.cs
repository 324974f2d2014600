using Netes.ApiServer.Authentication;

namespace Netes.ApiServer.Authorization;

/// <summary>
/// Authorizers in order: the first opinion counts; without one the answer is no, with all reasons.
/// Source: apiserver pkg/authorization/union/union.go.
/// </summary>
public sealed class AuthorizerChain(params IReadOnlyList<IAuthorizer> authorizers) : IAuthorizer
{
    public async ValueTask<AuthorizationDecision> AuthorizeAsync(
        AuthorizationAttributes attributes, CancellationToken cancel)
    {
        var reasons = new List<string>();
        var errors = new List<string>();
        foreach (var authorizer in authorizers)
        {
            var decision = await authorizer.AuthorizeAsync(attributes, cancel);
            if (decision.Verdict != AuthorizationVerdict.NoOpinion)
            {
                return decision;
            }

            if (decision.Reason.Length > 0)
            {
                reasons.Add(decision.Reason);
            }

            if (decision.EvaluationError.Length > 0)
            {
                errors.Add(decision.EvaluationError);
            }
        }

        return new AuthorizationDecision(
            AuthorizationVerdict.NoOpinion, string.Join("\n", reasons), string.Join("\n", errors));
    }
}

/// <summary>
/// <c>system:masters</c> may do everything. Source: apiserver pkg/authorization/authorizerfactory, NewPrivilegedGroups.
/// </summary>
public sealed class PrivilegedGroupAuthorizer : IAuthorizer
{
    private static readonly AuthorizationDecision Allowed = new(AuthorizationVerdict.Allow);

    public ValueTask<AuthorizationDecision> AuthorizeAsync(
        AuthorizationAttributes attributes, CancellationToken cancel) =>
        new(attributes.User.IsIn(KnownGroups.Masters) ? Allowed : AuthorizationDecision.NoOpinion);
}

/// <summary>
/// Asks once more before it says no, when the cache knows all that was written: a right that was just given counts for
/// the next request. A yes is not asked twice.
/// </summary>
public sealed class PatientAuthorizer(IAuthorizer authorizer, IObjectReader objects) : IAuthorizer
{
    public async ValueTask<AuthorizationDecision> AuthorizeAsync(
        AuthorizationAttributes attributes, CancellationToken cancel)
    {
        var decision = await authorizer.AuthorizeAsync(attributes, cancel);
        if (decision.IsAllowed)
        {
            return decision;
        }

        await objects.CatchUpAsync(cancel);
        return await authorizer.AuthorizeAsync(attributes, cancel);
    }
}
