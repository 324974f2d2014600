using static Netes.Api.Columns<Netes.Api.Rbac.RoleBinding>;

namespace Netes.Api.Rbac;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printRoleBinding of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class RoleBindingColumns
{
    public static ValueList<Column<RoleBinding>> All { get; } =
    [
        Name,
        Text("Role", static item => $"{item.RoleRef.Kind}/{item.RoleRef.Name}", "What is granted."),
        Age,
        Wide("Users", static item => Of(item, "User")),
        Wide("Groups", static item => Of(item, "Group")),
        Wide("ServiceAccounts", static item => Of(item, "ServiceAccount")),
    ];

    private static string Of(RoleBinding item, string kind) => string.Join(", ", item.Subjects
        .Where(subject => subject.Kind == kind)
        .Select(subject => subject.Namespace.Length > 0 && kind == "ServiceAccount"
            ? $"{subject.Namespace}/{subject.Name}"
            : subject.Name));
}
