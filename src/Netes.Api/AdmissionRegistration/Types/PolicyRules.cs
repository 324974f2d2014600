using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

/// <summary>
/// What both kinds of admission policies share; expressions are checked where they are compiled. Source:
/// pkg/apis/admissionregistration/v1/defaults.go, pkg/apis/admissionregistration/validation/validation.go.
/// </summary>
internal static class PolicyRules
{
    public static MatchResources? Default(MatchResources? match) => match is null ? null : match with
    {
        MatchPolicy = match.MatchPolicy ?? MatchPolicyType.Equivalent,
        NamespaceSelector = match.NamespaceSelector ?? LabelSelector.Empty,
        ObjectSelector = match.ObjectSelector ?? LabelSelector.Empty,
        ResourceRules = match.ResourceRules.Map(Default),
        ExcludeResourceRules = match.ExcludeResourceRules.Map(Default),
    };

    public static void ValidateParamKind(ParamKind? kind, FieldPath path, List<FieldError> errors)
    {
        if (kind is null)
        {
            return;
        }

        errors.RequireText(path.Child("apiVersion"), kind.ApiVersion);
        errors.RequireText(path.Child("kind"), kind.Kind);
        if (kind.Kind.Length > 0)
        {
            var messages = Names.Dns1035Label(kind.Kind.ToLowerInvariant());
            if (messages.Count > 0)
            {
                errors.Invalid(path.Child("kind"), kind.Kind,
                    $"may have mixed case, but should otherwise match: {string.Join(',', messages)}");
            }
        }
    }

    public static void ValidateMatch(MatchResources? match, bool required, FieldPath path, List<FieldError> errors)
    {
        if (match is null)
        {
            if (required)
            {
                errors.Required(path);
            }

            return;
        }

        if (match.MatchPolicy is { } policy)
        {
            errors.OneOf(path.Child("matchPolicy"), policy, MatchPolicyType.Equivalent, MatchPolicyType.Exact);
        }

        SelectorRules.Validate(match.NamespaceSelector, path.Child("namespaceSelector"), errors);
        SelectorRules.Validate(match.ObjectSelector, path.Child("objectSelector"), errors);
        if (required && match.ResourceRules.IsEmpty)
        {
            errors.Required(path.Child("resourceRules"));
        }
    }

    public static void ValidateParamRef(ParamRef? reference, FieldPath path, List<FieldError> errors)
    {
        if (reference is null)
        {
            return;
        }

        switch (reference)
        {
            case { Name.Length: > 0, Selector: not null }:
                errors.Forbidden(path.Child("name"), "name and selector are mutually exclusive");
                break;
            case { Name: "", Selector: null }:
                errors.Required(path, "one of name or selector must be specified");
                break;
        }

        if (reference.ParameterNotFoundAction is { } action)
        {
            errors.OneOf(path.Child("parameterNotFoundAction"), action,
                ParameterNotFoundActionType.Allow, ParameterNotFoundActionType.Deny);
        }
        else
        {
            errors.Required(path.Child("parameterNotFoundAction"));
        }
    }

    public static void ValidateFailure(string? policy, FieldPath path, List<FieldError> errors)
    {
        if (policy is null)
        {
            errors.Required(path);
        }
        else
        {
            errors.OneOf(path, policy, FailurePolicyType.Fail, FailurePolicyType.Ignore);
        }
    }

    private static NamedRuleWithOperations Default(NamedRuleWithOperations rule) =>
        rule.RuleWithOperations.Rule.Scope is not null ? rule : rule with
        {
            RuleWithOperations = rule.RuleWithOperations with
            {
                Rule = rule.RuleWithOperations.Rule with { Scope = ScopeType.Empty },
            },
        };
}
