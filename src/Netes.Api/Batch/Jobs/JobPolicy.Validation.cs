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

    public static void Validate(JobSpec spec, FieldPath path, List<FieldError> errors)
    {
        if (spec.PodFailurePolicy is { } failure)
        {
            ValidateFailure(spec, failure, path, errors);
        }

        if (spec.SuccessPolicy is { } success)
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
            errors.Invalid(path.Child("managedBy"), manager, Names.QualifiedName(manager));
            if (!manager.Contains('/', StringComparison.Ordinal))
            {
                errors.Invalid(
                    path.Child("managedBy"), manager, "must be a domain-prefixed path (such as \"acme.io/foo\")");
            }
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

        if (codes.Operator == PodFailurePolicyOnExitCodesOperator.In && codes.Values.Contains(0))
        {
            errors.Invalid(at.Child("values").Index(codes.Values.Index().First(pair => pair.Item == 0).Index), 0,
                "must not be 0 for the In operator");
        }
    }

    private static void ValidateSuccess(JobSpec spec, SuccessPolicy policy, FieldPath path, List<FieldError> errors)
    {
        if (spec.CompletionMode != CompletionMode.Indexed)
        {
            errors.Invalid(path, Shown.Of(policy), "requires indexed completion mode");
        }

        if (policy.Rules.IsEmpty)
        {
            errors.Required(
                path.Child("rules"), "at least one rules must be specified when the successPolicy is specified");
        }

        for (var i = 0; i < policy.Rules.Count; i++)
        {
            var (rule, at) = (policy.Rules[i], path.Child("rules").Index(i));
            if (rule is { SucceededCount: null, SucceededIndexes: null })
            {
                errors.Required(at, "at least one of succeededCount or succeededIndexes must be specified");
            }

            errors.Positive(at.Child("succeededCount"), rule.SucceededCount);
            if (rule.SucceededCount > spec.Completions)
            {
                errors.Invalid(at.Child("succeededCount"), rule.SucceededCount,
                    $"must be less than or equal to {spec.Completions} (the number of specified completions)");
            }
        }
    }
}
