using Netes.Api;
using Netes.Api.Rbac;
using Netes.ApiServer.Authorization.Rbac;

namespace Netes.ApiServer.Admission;

/// <summary>
/// Nobody gives rights that he does not hold. In Kubernetes the storage of roles and bindings does it; here it is a
/// plugin, last to see what will be stored. Source: pkg/registry/rbac/*/policybased/storage.go.
/// </summary>
internal sealed class RbacEscalationAdmission(RbacEscalation escalation) : IValidatingAdmissionPlugin
{
    private static readonly ValueList<PolicyRule> Everything =
    [
        new() { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] }, new() { Verbs = ["*"], NonResourceURLs = ["*"] },
    ];

    public string Name => "RBACEscalation";

    public async ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (attributes.Group != "rbac.authorization.k8s.io"
            || attributes.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update))
        {
            return;
        }

        var (space, resource) = (attributes.Namespace, attributes.Resource);
        switch (attributes.Object)
        {
            case Role role:
                await escalation.CheckRoleAsync(
                    attributes.User, new RoleWrite(resource, space, role.Metadata.Name, role.Rules),
                    (attributes.OldObject as Role)?.Rules ?? default, cancel);
                break;
            case ClusterRole role:
                var old = attributes.OldObject as ClusterRole;
                await escalation.CheckRoleAsync(
                    attributes.User, new RoleWrite(resource, "", role.Metadata.Name, Granted(role)),
                    old is null ? default : Granted(old), cancel);
                break;
            case RoleBinding binding when IsNew(binding, attributes.OldObject as RoleBinding):
                await escalation.CheckBindingAsync(
                    attributes.User, binding.RoleRef, new BindingWrite(resource, space, binding.Metadata.Name), cancel);
                break;
            case ClusterRoleBinding binding when IsNew(binding, attributes.OldObject as ClusterRoleBinding):
                await escalation.CheckBindingAsync(
                    attributes.User, binding.RoleRef, new BindingWrite(resource, "", binding.Metadata.Name), cancel);
                break;
        }
    }

    /// <summary>An aggregated role may come to hold anything.</summary>
    private static ValueList<PolicyRule> Granted(ClusterRole role) =>
        role.AggregationRule is null ? role.Rules : Everything.AddRange(role.Rules);

    private static bool IsNew(RoleBinding next, RoleBinding? old) =>
        old is null || next.RoleRef != old.RoleRef || next.Subjects != old.Subjects;

    private static bool IsNew(ClusterRoleBinding next, ClusterRoleBinding? old) =>
        old is null || next.RoleRef != old.RoleRef || next.Subjects != old.Subjects;
}
