using Netes.Api.Core;

namespace Netes.Api.Batch;

/// <summary>
/// Policies of failure and success. Source: validatePodFailurePolicy and validateSuccessPolicy of
/// pkg/apis/batch/validation/validation.go.
/// </summary>
internal static class JobPolicyValidation
{
    private const int MaxRules = 20;
    private const int MaxExitCodes = 255;
    private const int MaxManagerLength = 63;
    private const int MaxIndexesLength = 64 * 1024;

    public static void Validate(JobSpec spec, FieldPath path, List<FieldError> errors)
    {
        if (spec.PodFailurePolicy is { } failure)
        {
            ValidateFailure(spec, failure, path, errors);
        }

        if (spec.SuccessPolicy is { } policy && spec.CompletionMode != CompletionMode.Indexed)
        {
            errors.Invalid(path.Child("successPolicy"), Shown.Of(policy), "requires indexed completion mode");
        }
        else if (spec.SuccessPolicy is { } success)
        {
            ValidateSuccess(spec, success, path.Child("successPolicy"), errors);
        }

        if (spec.PodReplacementPolicy is { } replacement)
        {
            var at = path.Child("podReplacementPolicy");
            if (spec.PodFailurePolicy is not null)
            {
                errors.OneOf(at, replacement, PodReplacementPolicy.Failed);
            }
            else
            {
                errors.OneOf(at, replacement, PodReplacementPolicy.Failed, PodReplacementPolicy.TerminatingOrFailed);
            }
        }

        if (spec.ManagedBy is { } manager)
        {
            ValidateManager(manager, path.Child("managedBy"), errors);
        }
    }

    // Source: apimachinery pkg/util/validation/validation.go, IsDomainPrefixedPath.
    private static void ValidateManager(string manager, FieldPath path, List<FieldError> errors)
    {
        var slash = manager.IndexOf('/', StringComparison.Ordinal);
        if (manager.Length == 0)
        {
            errors.Required(path);
        }
        else if (slash <= 0 || slash == manager.Length - 1)
        {
            errors.Invalid(
                path, manager, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        }
        else
        {
            errors.Invalid(path, manager[..slash], Names.Dns1123Subdomain(manager[..slash]));
            if (!manager[(slash + 1)..].All(static letter =>
                char.IsAsciiLetterOrDigit(letter) || "/%-._~!$&'()*+,;=:".Contains(letter, StringComparison.Ordinal)))
            {
                errors.Invalid(path, manager[(slash + 1)..],
                    @"Invalid path (regex used for validation is '[A-Za-z0-9/\-._~%!$&'()*+,;=:]+')");
            }
        }

        if (manager.Length > MaxManagerLength)
        {
            errors.Add(FieldError.TooLong(path, MaxManagerLength));
        }
    }

    private static void ValidateFailure(JobSpec spec, PodFailurePolicy policy, FieldPath path, List<FieldError> errors)
    {
        if (spec.Template.Spec.RestartPolicy != RestartPolicy.Never)
        {
            errors.Invalid(
                path.Child("template").Child("spec").Child("restartPolicy"), spec.Template.Spec.RestartPolicy,
                "only \"Never\" is supported when podFailurePolicy is specified");
        }

        var rules = path.Child("podFailurePolicy").Child("rules");
        if (policy.Rules.Count > MaxRules)
        {
            errors.Add(FieldError.TooMany(rules, policy.Rules.Count, MaxRules));
        }

        for (var i = 0; i < policy.Rules.Count; i++)
        {
            Validate(spec, policy.Rules[i], rules.Index(i), errors);
            ValidateConditions(policy.Rules[i], rules.Index(i).Child("onPodConditions"), errors);
        }
    }

    private static void ValidateConditions(PodFailurePolicyRule rule, FieldPath path, List<FieldError> errors)
    {
        if (rule.OnPodConditions.Count > MaxRules)
        {
            errors.Add(FieldError.TooMany(path, rule.OnPodConditions.Count, MaxRules));
        }

        for (var i = 0; i < rule.OnPodConditions.Count; i++)
        {
            var (pattern, at) = (rule.OnPodConditions[i], path.Index(i));
            errors.Invalid(at.Child("type"), pattern.Type, Names.QualifiedName(pattern.Type));
            errors.RequiredOneOf(at.Child("status"), pattern.Status,
                ConditionStatus.False, ConditionStatus.True, ConditionStatus.Unknown);
        }
    }

    private static void Validate(JobSpec spec, PodFailurePolicyRule rule, FieldPath path, List<FieldError> errors)
    {
        errors.RequiredOneOf(path.Child("action"), rule.Action, PodFailurePolicyAction.Count,
            PodFailurePolicyAction.FailIndex, PodFailurePolicyAction.FailJob, PodFailurePolicyAction.Ignore);
        if (rule.Action == PodFailurePolicyAction.FailIndex && spec.BackoffLimitPerIndex is null)
        {
            errors.Invalid(path.Child("action"), rule.Action, "requires the backoffLimitPerIndex to be set");
        }

        switch (rule)
        {
            case { OnExitCodes: not null, OnPodConditions.IsEmpty: false }:
                errors.Invalid(
                    path, new Shown("<omitted>"), "specifying both OnExitCodes and OnPodConditions is not supported");
                break;
            case { OnExitCodes: null, OnPodConditions.IsEmpty: true }:
                errors.Invalid(
                    path, new Shown("<omitted>"), "specifying one of OnExitCodes and OnPodConditions is required");
                break;
        }

        if (rule.OnExitCodes is not { } codes)
        {
            return;
        }

        var at = path.Child("onExitCodes");
        errors.RequiredOneOf(at.Child("operator"), codes.Operator,
            PodFailurePolicyOnExitCodesOperator.In, PodFailurePolicyOnExitCodesOperator.NotIn);
        if (codes.Values.IsEmpty)
        {
            errors.Invalid(at.Child("values"), Shown.Numbers(codes.Values), "at least one value is required");
        }
        else if (codes.Values.Count > MaxExitCodes)
        {
            errors.Add(FieldError.TooMany(at.Child("values"), codes.Values.Count, MaxExitCodes));
        }

        if (codes.ContainerName is { } name && !spec.Template.Spec.Containers.Concat(spec.Template.Spec.InitContainers)
            .Any(container => container.Name == name))
        {
            errors.Invalid(at.Child("containerName"), name,
                "must be one of the container or initContainer names in the pod template");
        }

        ValidateValues(codes, at.Child("values"), errors);
    }

    private static void ValidateValues(
        PodFailurePolicyOnExitCodesRequirement codes, FieldPath path, List<FieldError> errors)
    {
        HashSet<int> seen = [];
        for (var i = 0; i < codes.Values.Count; i++)
        {
            if (codes.Operator == PodFailurePolicyOnExitCodesOperator.In && codes.Values[i] == 0)
            {
                errors.Invalid(path.Index(i), 0, "must not be 0 for the In operator");
            }

            if (!seen.Add(codes.Values[i]))
            {
                errors.Add(FieldError.Duplicate(path.Index(i), codes.Values[i]));
            }
        }

        if (codes.Values.Zip(codes.Values.Skip(1)).Any(static pair => pair.First > pair.Second))
        {
            errors.Invalid(path, Shown.Numbers(codes.Values), "must be ordered");
        }
    }

    private static void ValidateSuccess(JobSpec spec, SuccessPolicy policy, FieldPath path, List<FieldError> errors)
    {
        if (policy.Rules.IsEmpty)
        {
            errors.Required(
                path.Child("rules"), "at least one rules must be specified when the successPolicy is specified");
        }

        if (policy.Rules.Count > MaxRules)
        {
            errors.Add(FieldError.TooMany(path.Child("rules"), policy.Rules.Count, MaxRules));
        }

        for (var i = 0; i < policy.Rules.Count; i++)
        {
            ValidateSuccess(policy.Rules[i], spec.Completions ?? 0, path.Child("rules").Index(i), errors);
        }
    }

    private static void ValidateSuccess(
        SuccessPolicyRule rule, int completions, FieldPath path, List<FieldError> errors)
    {
        if (rule is { SucceededCount: null, SucceededIndexes: null })
        {
            errors.Required(path, "at least one of succeededCount or succeededIndexes must be specified");
        }

        var (indexes, count, total) = (path.Child("succeededIndexes"), path.Child("succeededCount"), 0);
        if (rule.SucceededIndexes is { } text)
        {
            if (text.Length > MaxIndexesLength)
            {
                errors.Add(FieldError.TooLong(indexes, MaxIndexesLength));
            }

            if (JobIndexes.Problem(text, completions, out total) is { } problem)
            {
                errors.Invalid(indexes, text, $"error parsing succeededIndexes: {problem}");
            }
        }

        errors.NotNegative(count, rule.SucceededCount);
        if (rule.SucceededCount > completions)
        {
            errors.Invalid(count, rule.SucceededCount,
                $"must be less than or equal to {completions} (the number of specified completions)");
        }

        if (rule.SucceededIndexes is not null && rule.SucceededCount > total)
        {
            errors.Invalid(count, rule.SucceededCount, $"must be less than or equal to {total} (the number of indexes in "
                + "the specified succeededIndexes field)");
        }
    }
}
