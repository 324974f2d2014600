namespace Netes.Api.Rbac;

/// <summary>Source: pkg/apis/rbac/v1/defaults.go, pkg/apis/rbac/validation/validation.go.</summary>
internal static class ClusterRoleBindingRules
{
    public static ClusterRoleBinding Default(ClusterRoleBinding binding) => binding with
    {
        RoleRef = RbacRules.Default(binding.RoleRef),
        Subjects = binding.Subjects.Map(RbacRules.Default),
    };

    public static List<FieldError> Validate(ClusterRoleBinding binding) =>
        RbacRules.ValidateBinding(binding.RoleRef, binding.Subjects, namespaced: false);

    public static List<FieldError> ValidateUpdate(ClusterRoleBinding next, ClusterRoleBinding old)
    {
        var errors = Validate(next);
        RbacRules.ValidateRoleKept(next.RoleRef, old.RoleRef, errors);
        return errors;
    }
}
