using Netes.Api;
using Netes.Api.Rbac;
using Netes.ApiServer.Authentication;

namespace Netes.ApiServer.Authorization.Rbac;

/// <summary>
/// Nobody gives more than he holds: checks writes of roles and bindings. Source:
/// pkg/registry/rbac/*/policybased/storage.go; pkg/registry/rbac/escalation_check.go.
/// </summary>
public sealed class RbacEscalation(IObjectReader objects, RbacAuthorizer rbac, IAuthorizer authorizer)
{
    private const string Group = "rbac.authorization.k8s.io";

    /// <summary>Throws Forbidden when the role has a rule that the user does not hold and may not escalate.</summary>
    public async ValueTask CheckRoleAsync(
        UserIdentity user, RoleWrite role, ValueList<PolicyRule> oldRules, CancellationToken cancel)
    {
        if (IsFree(user) || role.Rules == oldRules
            || await MayAsync(user, "escalate", role.Resource, role.Namespace, role.Name, cancel))
        {
            return;
        }

        ThrowIfMissing(user, role.Rules, role.Namespace, role.Resource, role.Name);
    }

    /// <summary>
    /// Throws Forbidden when the role that is bound has a rule that the user does not hold and may not bind.
    /// </summary>
    public async ValueTask CheckBindingAsync(
        UserIdentity user, RoleRef reference, BindingWrite binding, CancellationToken cancel)
    {
        var roles = reference.Kind == "ClusterRole" ? "clusterroles" : "roles";
        if (IsFree(user) || await MayAsync(user, "bind", roles, binding.Namespace, reference.Name, cancel))
        {
            return;
        }

        var (rules, error) = Resolve(reference, binding.Namespace);
        if (error.Length > 0)
        {
            throw ApiErrors.NotFound(Group, reference.Kind == "ClusterRole" ? "clusterrole" : "role", reference.Name);
        }

        ThrowIfMissing(user, rules, binding.Namespace, binding.Resource, binding.Name);
    }

    private static bool IsFree(UserIdentity user) => user.IsIn(KnownGroups.Masters);

    private (ValueList<PolicyRule> Rules, string Error) Resolve(RoleRef reference, string namespaceName)
    {
        var clusterRoles = objects.List<ClusterRole>("").ToDictionary(static role => role.Metadata.Name);
        var roles = objects.List<Role>(namespaceName)
            .ToDictionary(static role => (role.Metadata.Namespace, role.Metadata.Name));
        return new RoleRules(clusterRoles, roles).Find(reference, namespaceName);
    }

    private async ValueTask<bool> MayAsync(
        UserIdentity user, string verb, string resource, string namespaceName, string name, CancellationToken cancel)
    {
        var decision = await authorizer.AuthorizeAsync(
            new AuthorizationAttributes
            {
                User = user,
                Verb = verb,
                Group = Group,
                Version = "v1",
                Resource = resource,
                Namespace = resource == "clusterroles" ? ScopeOf(verb, namespaceName) : namespaceName,
                Name = name,
            },
            cancel);
        return decision.IsAllowed;
    }

    /// <summary>A cluster role may be bound inside a namespace by one who may bind it there.</summary>
    private static string ScopeOf(string verb, string namespaceName) => verb == "bind" ? namespaceName : "";

    private void ThrowIfMissing(
        UserIdentity user, ValueList<PolicyRule> rules, string namespaceName, string resource, string name)
    {
        var (held, error) = rbac.RulesFor(user, namespaceName);
        var missing = RuleCoverage.FindMissing(held, rules);
        if (missing.Count == 0)
        {
            return;
        }

        var list = RuleCoverage.Compact(missing).Select(PolicyRules.Describe).Order(StringComparer.Ordinal);
        var groups = string.Join(" ", user.Groups.Select(FieldError.Quote));
        var message = $"user {FieldError.Quote(user.Name)} (groups=[{groups}]) is attempting to grant RBAC "
            + $"permissions not currently held:\n{string.Join("\n", list)}";
        if (error.Length > 0)
        {
            message += $"; resolution errors: [{error}]";
        }

        throw ApiErrors.Forbidden(Group, resource, name, message);
    }
}

/// <param name="Resource">roles or clusterroles.</param>
/// <param name="Namespace">Empty for cluster roles.</param>
/// <param name="Name">The role's name.</param>
/// <param name="Rules">What it is to allow.</param>
public sealed record RoleWrite(string Resource, string Namespace, string Name, ValueList<PolicyRule> Rules);

/// <param name="Resource">rolebindings or clusterrolebindings.</param>
/// <param name="Namespace">Empty for cluster role bindings.</param>
/// <param name="Name">The binding's name.</param>
public sealed record BindingWrite(string Resource, string Namespace, string Name);
