using System.Text.RegularExpressions;
using Netes.Api.Meta;

namespace Netes.Api;

/// <summary>
/// The rules of conditions that are not the kind's own. Source: ValidateConditions of
/// apimachinery pkg/apis/meta/v1/validation/validation.go.
/// </summary>
internal static partial class ConditionRules
{
    private const int MaxReason = 1024;
    private const int MaxMessage = 32 * 1024;

    private const string BadReason =
        "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric "
        + "characters or '_,:', and must end with an alphanumeric character or '_' (e.g. 'my_name',  or 'MY_NAME',  or "
        + "'MyName',  or 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used for validation is "
        + "'[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')";

    public static void Validate(ValueList<Condition> conditions, FieldPath path, List<FieldError> errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < conditions.Count; i++)
        {
            if (!seen.Add(conditions[i].Type))
            {
                errors.Add(FieldError.Duplicate(path.Index(i).Child("type"), conditions[i].Type));
            }

            Validate(conditions[i], path.Index(i), errors);
        }
    }

    private static void Validate(Condition condition, FieldPath path, List<FieldError> errors)
    {
        errors.Invalid(path.Child("type"), condition.Type, Names.QualifiedName(condition.Type));
        errors.OneOf(path.Child("status"), condition.Status,
            ConditionStatus.False, ConditionStatus.True, ConditionStatus.Unknown);
        errors.NotNegative(path.Child("observedGeneration"), condition.ObservedGeneration);
        if (condition.LastTransitionTime is null)
        {
            errors.Required(path.Child("lastTransitionTime"));
        }

        var reason = path.Child("reason");
        errors.RequireText(reason, condition.Reason);
        if (condition.Reason.Length > 0)
        {
            if (!Reason().IsMatch(condition.Reason))
            {
                errors.Invalid(reason, condition.Reason, BadReason);
            }

            if (condition.Reason.Length > MaxReason)
            {
                errors.Add(FieldError.TooLong(reason, MaxReason));
            }
        }

        if (condition.Message.Length > MaxMessage)
        {
            errors.Add(FieldError.TooLong(path.Child("message"), MaxMessage));
        }
    }

    [GeneratedRegex("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Reason();
}
