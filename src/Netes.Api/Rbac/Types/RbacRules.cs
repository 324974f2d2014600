namespace Netes.Api.Rbac;

/// <summary>
/// Rules of roles and bindings. Source: pkg/apis/rbac/v1/defaults.go, pkg/apis/rbac/validation/validation.go.
/// </summary>
internal static class RbacRules
{
    public const string Group = "rbac.authorization.k8s.io";
    private const string Account = "ServiceAccount";

    public static RoleRef Default(RoleRef role) => role.ApiGroup.Length == 0 ? role with { ApiGroup = Group } : role;

    public static Subject Default(Subject subject) =>
        subject.ApiGroup.Length == 0 && subject.Kind is "User" or "Group" ? subject with { ApiGroup = Group } : subject;

    public static List<FieldError> ValidateRules(ValueList<PolicyRule> rules, bool namespaced)
    {
        List<FieldError> errors = [];
        for (var i = 0; i < rules.Count; i++)
        {
            Validate(rules[i], namespaced, FieldPath.Of("rules").Index(i), errors);
        }

        return errors;
    }

    public static List<FieldError> ValidateAggregation(ClusterRole role)
    {
        var errors = ValidateRules(role.Rules, namespaced: false);
        if (role.AggregationRule is not { } aggregation)
        {
            return errors;
        }

        var path = FieldPath.Of("aggregationRule").Child("clusterRoleSelectors");
        if (aggregation.ClusterRoleSelectors.IsEmpty)
        {
            errors.Required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
        }

        for (var i = 0; i < aggregation.ClusterRoleSelectors.Count; i++)
        {
            SelectorRules.Validate(aggregation.ClusterRoleSelectors[i], path.Index(i), errors);
        }

        return errors;
    }

    public static List<FieldError> ValidateBinding(RoleRef role, ValueList<Subject> subjects, bool namespaced)
    {
        List<FieldError> errors = [];
        var path = FieldPath.Of("roleRef");
        errors.OneOf(path.Child("apiGroup"), role.ApiGroup, Group);
        if (namespaced)
        {
            errors.OneOf(path.Child("kind"), role.Kind, "Role", "ClusterRole");
        }
        else
        {
            errors.OneOf(path.Child("kind"), role.Kind, "ClusterRole");
        }

        errors.RequireText(path.Child("name"), role.Name);
        errors.Invalid(path.Child("name"), role.Name, Names.PathSegment(role.Name));
        for (var i = 0; i < subjects.Count; i++)
        {
            Validate(subjects[i], namespaced, FieldPath.Of("subjects").Index(i), errors);
        }

        return errors;
    }

    /// <summary>
    /// A binding that granted something else under the same name would mislead: it must be made anew.
    /// </summary>
    public static void ValidateRoleKept(RoleRef next, RoleRef old, List<FieldError> errors)
    {
        if (next != old)
        {
            errors.Invalid(FieldPath.Of("roleRef"), Shown.Of(next), "cannot change roleRef");
        }
    }

    private static void Validate(PolicyRule rule, bool namespaced, FieldPath path, List<FieldError> errors)
    {
        if (rule.Verbs.IsEmpty)
        {
            errors.Required(path.Child("verbs"), "verbs must contain at least one value");
        }

        if (!rule.NonResourceURLs.IsEmpty)
        {
            var shown = Shown.Strings(rule.NonResourceURLs);
            if (namespaced)
            {
                errors.Invalid(
                    path.Child("nonResourceURLs"), shown, "namespaced rules cannot apply to non-resource URLs");
            }

            if (!rule.ApiGroups.IsEmpty || !rule.Resources.IsEmpty || !rule.ResourceNames.IsEmpty)
            {
                errors.Invalid(path.Child("nonResourceURLs"), shown,
                    "rules cannot apply to both regular resources and non-resource URLs");
            }

            return;
        }

        if (rule.ApiGroups.IsEmpty)
        {
            errors.Required(path.Child("apiGroups"), "resource rules must supply at least one api group");
        }

        if (rule.Resources.IsEmpty)
        {
            errors.Required(path.Child("resources"), "resource rules must supply at least one resource");
        }
    }

    private static void Validate(Subject subject, bool namespaced, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("name"), subject.Name);
        switch (subject.Kind)
        {
            case Account:
                if (subject.Name.Length > 0)
                {
                    errors.Invalid(path.Child("name"), subject.Name, Names.Dns1123Subdomain(subject.Name));
                }

                errors.OneOf(path.Child("apiGroup"), subject.ApiGroup, "");
                if (!namespaced)
                {
                    errors.RequireText(path.Child("namespace"), subject.Namespace);
                }

                break;
            case "User" or "Group":
                errors.OneOf(path.Child("apiGroup"), subject.ApiGroup, Group);
                break;
            default:
                errors.OneOf(path.Child("kind"), subject.Kind, Account, "User", "Group");
                break;
        }
    }
}
