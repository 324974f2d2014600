using System.Collections.Frozen;
using Netes.Api;
using Netes.Api.Meta;
using Netes.Api.Rbac;
using Netes.ApiServer.Authentication;

namespace Netes.ApiServer.Authorization.Rbac;

/// <summary>
/// Roles and bindings as of a moment, looked up by subject: a request costs the bindings of its user, not all of them.
/// </summary>
internal sealed class RbacIndex
{
    private static readonly Grant[] None = [];

    private readonly FrozenDictionary<SubjectKey, Grant[]> _grants;

    private RbacIndex(FrozenDictionary<SubjectKey, Grant[]> grants) => _grants = grants;

    public static RbacIndex Build(IObjectReader objects)
    {
        var clusterRoles = objects.List<ClusterRole>("").ToDictionary(static role => role.Metadata.Name);
        var roles = objects.List<Role>("")
            .ToDictionary(static role => (role.Metadata.Namespace, role.Metadata.Name));
        var resolver = new RoleRules(clusterRoles, roles);
        var grants = new Dictionary<SubjectKey, List<Grant>>();
        foreach (var binding in objects.List<ClusterRoleBinding>(""))
        {
            var rules = resolver.Find(binding.RoleRef, "");
            Add(grants, binding.Subjects, "", "", subject => new Grant(
                rules.Rules,
                $"ClusterRoleBinding {FieldError.Quote(binding.Metadata.Name)} of {Describe(binding.RoleRef)} to "
                    + $"{subject}",
                rules.Error));
        }

        foreach (var binding in objects.List<RoleBinding>(""))
        {
            var namespaceName = binding.Metadata.Namespace;
            var rules = resolver.Find(binding.RoleRef, namespaceName);
            var name = FieldError.Quote($"{binding.Metadata.Name}/{namespaceName}");
            Add(grants, binding.Subjects, namespaceName, namespaceName, subject => new Grant(
                rules.Rules, $"RoleBinding {name} of {Describe(binding.RoleRef)} to {subject}", rules.Error));
        }

        return new RbacIndex(grants.ToFrozenDictionary(static pair => pair.Key, static pair => pair.Value.ToArray()));
    }

    /// <summary>What the user holds cluster-wide, then, with a namespace, there.</summary>
    public IEnumerable<Grant> Find(UserIdentity user, string namespaceName)
    {
        foreach (var grant in Of(user, ""))
        {
            yield return grant;
        }

        if (namespaceName.Length == 0)
        {
            yield break;
        }

        foreach (var grant in Of(user, namespaceName))
        {
            yield return grant;
        }
    }

    private IEnumerable<Grant> Of(UserIdentity user, string scope)
    {
        foreach (var grant in _grants.GetValueOrDefault(new SubjectKey(scope, SubjectType.User, user.Name), None))
        {
            yield return grant;
        }

        foreach (var group in user.Groups.ToArray())
        {
            foreach (var grant in _grants.GetValueOrDefault(new SubjectKey(scope, SubjectType.Group, group), None))
            {
                yield return grant;
            }
        }
    }

    private static void Add(
        Dictionary<SubjectKey, List<Grant>> grants,
        ValueList<Subject> subjects,
        string scope,
        string defaultNamespace,
        Func<string, Grant> make)
    {
        foreach (var subject in subjects)
        {
            if (Key(subject, scope, defaultNamespace) is not { } key)
            {
                continue;
            }

            var name = subject.Kind == "ServiceAccount" ? $"{subject.Name}/{subject.Namespace}" : subject.Name;
            (grants.TryGetValue(key, out var list) ? list : grants[key] = [])
                .Add(make($"{subject.Kind} {FieldError.Quote(name)}"));
        }
    }

    /// <summary>
    /// Source: plugin/pkg/auth/authorizer/rbac/rbac.go and pkg/registry/rbac/validation/rule.go, appliesToUser.
    /// </summary>
    private static SubjectKey? Key(Subject subject, string scope, string defaultNamespace) => subject.Kind switch
    {
        "User" => new SubjectKey(scope, SubjectType.User, subject.Name),
        "Group" => new SubjectKey(scope, SubjectType.Group, subject.Name),
        "ServiceAccount" when subject.Namespace.Length + defaultNamespace.Length > 0 => new SubjectKey(
            scope, SubjectType.User, ServiceAccountClaims.UserName(
                subject.Namespace.Length > 0 ? subject.Namespace : defaultNamespace, subject.Name)),
        _ => null,
    };

    private static string Describe(RoleRef role) => $"{role.Kind} {FieldError.Quote(role.Name)}";

    /// <param name="Rules">The rules of one binding's role.</param>
    /// <param name="Source">The binding, as the reason of a decision shows it.</param>
    /// <param name="Error">Why the role could not be read; empty when it could.</param>
    internal sealed record Grant(ValueList<PolicyRule> Rules, string Source, string Error);

    private enum SubjectType
    {
        User,
        Group,
    }

    private readonly record struct SubjectKey(string Scope, SubjectType Type, string Name);
}

/// <summary>The rules that a role reference stands for, aggregated ones included.</summary>
internal sealed class RoleRules(
    IReadOnlyDictionary<string, ClusterRole> clusterRoles,
    IReadOnlyDictionary<(string Namespace, string Name), Role> roles)
{
    public (ValueList<PolicyRule> Rules, string Error) Find(RoleRef reference, string namespaceName) =>
        reference.Kind switch
    {
        "Role" => roles.TryGetValue((namespaceName, reference.Name), out var role)
            ? (role.Rules, "")
            : ([], Missing("role", reference.Name)),
        "ClusterRole" => clusterRoles.TryGetValue(reference.Name, out var role)
            ? (Aggregate(role, []), "")
            : ([], Missing("clusterrole", reference.Name)),
        _ => ([], $"unsupported role reference kind: {FieldError.Quote(reference.Kind)}"),
    };

    /// <summary>Own rules and those of every role selected, at any depth; a role is visited once.</summary>
    private ValueList<PolicyRule> Aggregate(ClusterRole role, HashSet<string> visited)
    {
        if (role.AggregationRule is null || !visited.Add(role.Metadata.Name))
        {
            return role.Rules;
        }

        var rules = new List<PolicyRule>(role.Rules);
        foreach (var other in clusterRoles.Values)
        {
            if (other.Metadata.Name != role.Metadata.Name
                && role.AggregationRule.ClusterRoleSelectors.Any(selector => Selects(selector, other.Metadata.Labels)))
            {
                rules.AddRange(Aggregate(other, visited));
            }
        }

        return rules.Distinct().ToValueList();
    }

    internal static bool Selects(LabelSelector selector, ValueMap<string> labels) =>
        selector.MatchLabels.All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value)
        && selector.MatchExpressions.All(requirement => requirement.Operator switch
        {
            "In" => labels.TryGetValue(requirement.Key, out var value) && requirement.Values.AsSpan().Contains(value),
            "NotIn" => !labels.TryGetValue(requirement.Key, out var value)
                || !requirement.Values.AsSpan().Contains(value),
            "Exists" => labels.ContainsKey(requirement.Key),
            "DoesNotExist" => !labels.ContainsKey(requirement.Key),
            _ => false,
        });

    private static string Missing(string kind, string name) =>
        $"{kind}.rbac.authorization.k8s.io {FieldError.Quote(name)} not found";
}
