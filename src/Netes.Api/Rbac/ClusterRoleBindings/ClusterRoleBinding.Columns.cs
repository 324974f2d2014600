using static Netes.Api.Columns<Netes.Api.Rbac.ClusterRoleBinding>;

namespace Netes.Api.Rbac;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printClusterRoleBinding of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class ClusterRoleBindingColumns
{
    public static ValueList<Column<ClusterRoleBinding>> All { get; } =
    [
        Name,
        Text("Role", static item => $"{item.RoleRef.Kind}/{item.RoleRef.Name}", "What is granted."),
        Age,
        Wide("Users", static item => Of(item, "User")),
        Wide("Groups", static item => Of(item, "Group")),
        Wide("ServiceAccounts", static item => Of(item, "ServiceAccount")),
    ];

    private static string Of(ClusterRoleBinding item, string kind) => string.Join(", ", item.Subjects
        .Where(subject => subject.Kind == kind)
        .Select(subject => subject.Namespace.Length > 0 && kind == "ServiceAccount"
            ? $"{subject.Namespace}/{subject.Name}"
            : subject.Name));
}
