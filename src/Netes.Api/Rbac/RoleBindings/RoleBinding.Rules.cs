namespace Netes.Api.Rbac;

/// <summary>Source: pkg/apis/rbac/v1/defaults.go, pkg/apis/rbac/validation/validation.go.</summary>
internal static class RoleBindingRules
{
    public static RoleBinding Default(RoleBinding binding) => binding with
    {
        RoleRef = RbacRules.Default(binding.RoleRef),
        Subjects = binding.Subjects.Map(RbacRules.Default),
    };

    public static List<FieldError> Validate(RoleBinding binding) =>
        RbacRules.ValidateBinding(binding.RoleRef, binding.Subjects, namespaced: true);

    public static List<FieldError> ValidateUpdate(RoleBinding next, RoleBinding old)
    {
        var errors = Validate(next);
        RbacRules.ValidateRoleKept(next.RoleRef, old.RoleRef, errors);
        return errors;
    }
}
