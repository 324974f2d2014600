namespace Netes.Api.FlowControl;

/// <summary>Source: pkg/apis/flowcontrol/v1/defaults.go, pkg/apis/flowcontrol/validation/validation.go.</summary>
internal static class FlowSchemaRules
{
    private const int DefaultPrecedence = 1000;
    private const int MaxPrecedence = 10000;
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static FlowSchema Default(FlowSchema item) => item.Spec.MatchingPrecedence != 0 ? item : item with
    {
        Spec = item.Spec with { MatchingPrecedence = DefaultPrecedence },
    };

    public static List<FieldError> Validate(FlowSchema item)
    {
        List<FieldError> errors = [];
        var precedence = item.Spec.MatchingPrecedence;
        if (precedence <= 0)
        {
            errors.Invalid(Spec.Child("matchingPrecedence"), precedence, "must be a positive value");
        }
        else if (precedence > MaxPrecedence)
        {
            errors.Invalid(Spec.Child("matchingPrecedence"), precedence, $"must not be greater than {MaxPrecedence}");
        }
        else if (precedence == 1 && item.Metadata.Name != "exempt")
        {
            errors.Invalid(Spec.Child("matchingPrecedence"), precedence,
                "only the schema named 'exempt' may have matchingPrecedence 1");
        }

        if (item.Spec.DistinguisherMethod is { } method)
        {
            errors.OneOf(Spec.Child("distinguisherMethod").Child("type"), method.Type,
                FlowDistinguisherMethodType.ByNamespace, FlowDistinguisherMethodType.ByUser);
        }

        var level = item.Spec.PriorityLevelConfiguration.Name;
        var path = Spec.Child("priorityLevelConfiguration").Child("name");
        errors.RequireText(path, level, "must reference a priority level");
        if (level.Length > 0)
        {
            errors.Invalid(path, level, Names.Dns1123Subdomain(level));
        }

        for (var i = 0; i < item.Spec.Rules.Count; i++)
        {
            Validate(item.Spec.Rules[i], Spec.Child("rules").Index(i), errors);
        }

        return errors;
    }

    private static void Validate(PolicyRulesWithSubjects rule, FieldPath path, List<FieldError> errors)
    {
        if (rule.Subjects.IsEmpty)
        {
            errors.Required(path.Child("subjects"), "subjects must contain at least one value");
        }

        for (var i = 0; i < rule.Subjects.Count; i++)
        {
            errors.OneOf(path.Child("subjects").Index(i).Child("kind"), rule.Subjects[i].Kind,
                SubjectKind.Group, SubjectKind.ServiceAccount, SubjectKind.User);
        }

        if (rule.ResourceRules.IsEmpty && rule.NonResourceRules.IsEmpty)
        {
            errors.Required(path, "at least one of resourceRules and nonResourceRules has to be non-empty");
        }
    }
}
