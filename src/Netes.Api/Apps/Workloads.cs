using System.Globalization;
using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Apps;

/// <summary>Rules that several workloads share. Source: pkg/apis/apps/validation/validation.go.</summary>
internal static class Workloads
{
    private static readonly FieldPath Status = FieldPath.Of("status");

    /// <summary>The selector must be there, be valid, and select something.</summary>
    public static void ValidateSelector(LabelSelector? selector, FieldPath path, string of, List<FieldError> errors)
    {
        if (selector is null)
        {
            errors.Required(path);
            return;
        }

        SelectorRules.Validate(selector, path, errors);
        if (selector.MatchLabels.IsEmpty && selector.MatchExpressions.IsEmpty)
        {
            errors.Invalid(path, Shown.Of(selector), $"empty selector is invalid for {of}");
        }
    }

    /// <summary>The template of a ReplicaSet: selected by its selector, restarted always, without a deadline.</summary>
    public static void ValidateReplicaTemplate(
        PodTemplateSpec template, LabelSelector? selector, FieldPath path, List<FieldError> errors)
    {
        ValidateMatch(template, selector, path, errors);
        PodTemplateValidation.Validate(template, path, errors);
        errors.OneOf(path.Child("spec").Child("restartPolicy"), template.Spec.RestartPolicy, RestartPolicy.Always);
        if (template.Spec.ActiveDeadlineSeconds is not null)
        {
            errors.Forbidden(path.Child("spec").Child("activeDeadlineSeconds"),
                "activeDeadlineSeconds in ReplicaSet is not Supported");
        }
    }

    public static void ValidateMatch(
        PodTemplateSpec template, LabelSelector? selector, FieldPath path, List<FieldError> errors)
    {
        if (selector is not null && SelectorRules.IsValid(selector)
            && !SelectorRules.Matches(selector, template.Metadata.Labels))
        {
            errors.Invalid(path.Child("metadata").Child("labels"), Shown.Map(template.Metadata.Labels),
                "`selector` does not match template `labels`");
        }
    }

    /// <summary>A count that is not negative, or a percentage. Source: ValidatePositiveIntOrPercent.</summary>
    public static void ValidateAmount(IntOrString amount, FieldPath path, List<FieldError> errors)
    {
        if (amount.IsString)
        {
            errors.Invalid(path, amount, Names.Percent(amount.Text));
        }
        else
        {
            errors.NotNegative(path, amount.Number);
        }
    }

    public static void AtMostAll(IntOrString amount, FieldPath path, List<FieldError> errors)
    {
        if (amount.IsString && ValueOf(amount) > 100)
        {
            errors.Invalid(path, amount, "must not be greater than 100%");
        }
    }

    /// <summary>The number, or the figure before the percent sign.</summary>
    public static int ValueOf(IntOrString amount) => !amount.IsString
        ? amount.Number
        : int.TryParse(amount.Text.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : 0;

    public static void AtMost(int value, int replicas, string field, List<FieldError> errors)
    {
        if (value > replicas)
        {
            errors.Invalid(Status.Child(field), value, "cannot be greater than status.replicas");
        }
    }

    public static void AtMostReady(int available, int ready, List<FieldError> errors)
    {
        if (available > ready)
        {
            errors.Invalid(Status.Child("availableReplicas"), available, "cannot be greater than readyReplicas");
        }
    }

    public static void ValidateCollisions(int? next, int? old, List<FieldError> errors)
    {
        var path = Status.Child("collisionCount");
        if (old is not null && next is null)
        {
            errors.Required(path, "cannot be unset");
        }
        else if (next < old)
        {
            errors.Invalid(path, next, "cannot be decremented");
        }
    }
}
