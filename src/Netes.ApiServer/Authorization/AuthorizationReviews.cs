using Netes.Api;
using Netes.Api.Authorization;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Authorization.Rbac;

namespace Netes.ApiServer.Authorization;

/// <summary>Answers the four access reviews. Source: pkg/registry/authorization/*/rest.go.</summary>
public sealed class AuthorizationReviews(IAuthorizer authorizer, RbacAuthorizer rbac)
{
    public async ValueTask<SubjectAccessReview> ReviewAsync(SubjectAccessReview review, CancellationToken cancel)
    {
        Check("SubjectAccessReview", Errors(review.Spec));
        return review with { Status = await DecideAsync(review.Spec, cancel) };
    }

    public async ValueTask<LocalSubjectAccessReview> ReviewAsync(
        LocalSubjectAccessReview review, string namespaceName, CancellationToken cancel)
    {
        var asked = review.Spec.ResourceAttributes?.Namespace ?? "";
        var errors = Errors(review.Spec).ToList();
        var path = FieldPath.Of("spec").Child("resourceAttributes").Child("namespace");
        if (review.Metadata.Namespace.Length > 0 && review.Metadata.Namespace != asked)
        {
            errors.Add(FieldError.Invalid(path, asked, "must match metadata.namespace"));
        }

        if (review.Spec.NonResourceAttributes is not null)
        {
            errors.Add(FieldError.Invalid(FieldPath.Of("spec").Child("nonResourceAttributes"), "",
                "disallowed on this kind of request"));
        }

        Check("LocalSubjectAccessReview", errors);
        return asked != namespaceName
            ? throw ApiErrors.BadRequest(
                $"spec.resourceAttributes.namespace must match namespace: {namespaceName}")
            : review with { Status = await DecideAsync(review.Spec, cancel) };
    }

    public async ValueTask<SelfSubjectAccessReview> ReviewAsync(
        SelfSubjectAccessReview review, UserIdentity user, CancellationToken cancel)
    {
        Check("SelfSubjectAccessReview",
            AttributeErrors(review.Spec.ResourceAttributes, review.Spec.NonResourceAttributes));
        return review with
        {
            Status = await DecideAsync(
                Attributes(user, review.Spec.ResourceAttributes, review.Spec.NonResourceAttributes), cancel),
        };
    }

    public SelfSubjectRulesReview Review(SelfSubjectRulesReview review, UserIdentity user)
    {
        if (review.Spec.Namespace.Length == 0)
        {
            throw ApiErrors.BadRequest("no namespace on request");
        }

        var (rules, error) = rbac.RulesFor(user, review.Spec.Namespace);
        if (user.IsIn(KnownGroups.Masters))
        {
            rules = [.. rules, new() { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] },
                new() { Verbs = ["*"], NonResourceURLs = ["*"] }];
        }

        return review with
        {
            Status = new SubjectRulesReviewStatus
            {
                ResourceRules = rules.Where(static rule => !rule.Resources.IsEmpty)
                    .Select(static rule => new ResourceRule
                {
                    Verbs = rule.Verbs,
                    ApiGroups = rule.ApiGroups,
                    Resources = rule.Resources,
                    ResourceNames = rule.ResourceNames,
                }).Distinct().ToValueList(),
                NonResourceRules = rules.Where(static rule => !rule.NonResourceURLs.IsEmpty)
                    .Select(static rule => new NonResourceRule
                    {
                        Verbs = rule.Verbs,
                        NonResourceURLs = rule.NonResourceURLs,
                    })
                    .Distinct().ToValueList(),
                // The Node authorizer's rights cannot be listed: they hang on what runs there.
                Incomplete = user.IsIn(KnownGroups.Nodes) || error.Length > 0,
                EvaluationError = error,
            },
        };
    }

    private ValueTask<SubjectAccessReviewStatus> DecideAsync(SubjectAccessReviewSpec spec, CancellationToken cancel)
    {
        var user = new UserIdentity { Name = spec.User, Uid = spec.Uid, Groups = spec.Groups, Extra = spec.Extra };
        return DecideAsync(Attributes(user, spec.ResourceAttributes, spec.NonResourceAttributes), cancel);
    }

    private async ValueTask<SubjectAccessReviewStatus> DecideAsync(
        AuthorizationAttributes attributes, CancellationToken cancel)
    {
        var decision = await authorizer.AuthorizeAsync(attributes, cancel);
        return new SubjectAccessReviewStatus
        {
            Allowed = decision.IsAllowed,
            Denied = decision.Verdict == AuthorizationVerdict.Deny,
            Reason = decision.Reason,
            EvaluationError = decision.EvaluationError,
        };
    }

    private static AuthorizationAttributes Attributes(
        UserIdentity user, ResourceAttributes? resource, NonResourceAttributes? path) =>
        resource is null
            ? new AuthorizationAttributes
            {
                User = user,
                Verb = path?.Verb ?? "",
                IsResourceRequest = false,
                Path = path?.Path ?? "",
            }
            : new AuthorizationAttributes
            {
                User = user,
                Verb = resource.Verb,
                Group = resource.Group,
                Version = resource.Version,
                Resource = resource.Resource,
                Subresource = resource.Subresource,
                Namespace = resource.Namespace,
                Name = resource.Name,
                FieldSelector = resource.FieldSelector?.RawSelector ?? "",
                LabelSelector = resource.LabelSelector?.RawSelector ?? "",
            };

    /// <summary>Source: pkg/apis/authorization/validation/validation.go.</summary>
    private static IEnumerable<FieldError> Errors(SubjectAccessReviewSpec spec)
    {
        foreach (var error in AttributeErrors(spec.ResourceAttributes, spec.NonResourceAttributes))
        {
            yield return error;
        }

        if (spec.User.Length == 0 && spec.Groups.IsEmpty)
        {
            yield return FieldError.Invalid(
                FieldPath.Of("spec").Child("user"), spec.User, "at least one of user or group must be specified");
        }
    }

    private static IEnumerable<FieldError> AttributeErrors(ResourceAttributes? resource, NonResourceAttributes? path)
    {
        if (resource is not null && path is not null)
        {
            yield return FieldError.Invalid(FieldPath.Of("spec").Child("nonResourceAttributes"), "",
                "cannot be specified in combination with resourceAttributes");
        }

        if (resource is null && path is null)
        {
            yield return FieldError.Invalid(FieldPath.Of("spec").Child("resourceAttributes"), null,
                "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
    }

    private static void Check(string kind, IEnumerable<FieldError> errors)
    {
        var list = errors.ToList();
        if (list.Count > 0)
        {
            throw ApiErrors.Invalid("authorization.k8s.io", kind, "", list);
        }
    }
}
