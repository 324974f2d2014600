using Netes.Api;
using Netes.Api.Coordination;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Api.Meta;
using Netes.Api.Storage;
using Netes.ApiServer.Authorization.Nodes;

namespace Netes.ApiServer.Admission;

/// <summary>
/// What a node writes is about itself. Source: plugin/pkg/admission/noderestriction/admission.go.
/// </summary>
internal sealed class NodeRestriction(IObjectReader objects, ValueList<string> serverAudiences)
    : IMutatingAdmissionPlugin
{
    private const string LeaseNamespace = "kube-node-lease";

    private readonly NodeRestrictionPods _pods = new(objects, serverAudiences);

    public string Name => "NodeRestriction";

    public async ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (!NodeIdentity.IsNode(attributes.User, out var nodeName))
        {
            return attributes.Object;
        }

        if (nodeName.Length == 0)
        {
            throw attributes.Forbidden(
                $"could not determine node from user {FieldError.Quote(attributes.User.Name)}");
        }

        switch (attributes.Group, attributes.Resource)
        {
            case ("", "pods"):
                await _pods.CheckAsync(attributes, nodeName, cancel);
                break;
            case ("", "nodes"):
                CheckNode(attributes, nodeName);
                break;
            case ("", "persistentvolumeclaims"):
                CheckClaim(attributes, nodeName);
                break;
            case ("", "persistentvolumes"):
                CheckVolume(attributes, nodeName);
                break;
            case ("", "serviceaccounts"):
                await _pods.CheckTokenAsync(attributes, nodeName, cancel);
                break;
            case ("coordination.k8s.io", "leases"):
                CheckLease(attributes, nodeName);
                break;
            case ("storage.k8s.io", "csinodes"):
                CheckName(attributes, nodeName, "can only access CSINode with the same name as the requesting node");
                break;
            case ("resource.k8s.io", "resourceslices"):
                CheckSlice(attributes, nodeName);
                break;
        }

        return attributes.Object;
    }

    private static void CheckNode(AdmissionAttributes attributes, string nodeName)
    {
        var quoted = FieldError.Quote(nodeName);
        var requested = attributes.Name.Length > 0 ? attributes.Name : attributes.Metadata?.Name ?? "";
        if (requested != nodeName)
        {
            throw attributes.Forbidden($"node {quoted} is not allowed to modify node {FieldError.Quote(requested)}");
        }

        if (attributes.Object is not Node next)
        {
            return;
        }

        if (attributes.Operation == AdmissionOperation.Create)
        {
            var forbidden = NodeLabels.Forbidden(next.Metadata.Labels, default);
            if (forbidden.Count > 0)
            {
                throw attributes.Forbidden(
                    $"node {quoted} is not allowed to set the following labels: {string.Join(", ", forbidden)}");
            }

            if (!next.Metadata.OwnerReferences.IsEmpty)
            {
                throw attributes.Forbidden($"node {quoted} is not allowed to modify ownerReferences");
            }
        }

        if (attributes.Operation == AdmissionOperation.Update && attributes.OldObject is Node old)
        {
            CheckNodeUpdate(attributes, quoted, next, old);
        }
    }

    private static void CheckNodeUpdate(AdmissionAttributes attributes, string quoted, Node next, Node old)
    {
        if (next.Spec.ConfigSource is not null && next.Spec.ConfigSource != old.Spec.ConfigSource)
        {
            throw attributes.Forbidden($"node {quoted} is not allowed to update configSource to a new non-nil "
                + "configSource");
        }

        if (next.Spec.Taints != old.Spec.Taints)
        {
            throw attributes.Forbidden($"node {quoted} is not allowed to modify taints");
        }

        if (next.Metadata.OwnerReferences != old.Metadata.OwnerReferences)
        {
            throw attributes.Forbidden($"node {quoted} is not allowed to modify ownerReferences");
        }

        var forbidden = NodeLabels.Forbidden(next.Metadata.Labels, old.Metadata.Labels);
        if (forbidden.Count > 0)
        {
            throw attributes.Forbidden($"is not allowed to modify labels: {string.Join(", ", forbidden)}");
        }
    }

    private static void CheckClaim(AdmissionAttributes attributes, string nodeName)
    {
        if (attributes.Subresource != "status")
        {
            throw attributes.Forbidden(
                $"may only update PVC status");
        }

        if (attributes.Object is PersistentVolumeClaim next && attributes.OldObject is PersistentVolumeClaim old
            && (next.Spec != old.Spec || next.Metadata.Labels != old.Metadata.Labels
                || next.Status.AccessModes != old.Status.AccessModes || next.Status.Phase != old.Status.Phase))
        {
            throw attributes.Forbidden(
                $"node {FieldError.Quote(nodeName)} is not allowed to update fields other than status.quantity and "
                + "status.conditions");
        }
    }

    /// <summary>Not in Kubernetes: see <see cref="LocalPathVolumes"/>.</summary>
    private static void CheckVolume(AdmissionAttributes attributes, string nodeName)
    {
        if (attributes.Object is not PersistentVolume next || attributes.OldObject is not PersistentVolume old
            || !LocalPathVolumes.IsDataToGo(old)
            || next with { Metadata = next.Metadata with { Finalizers = default, ManagedFields = default } }
                != old with { Metadata = old.Metadata with { Finalizers = default, ManagedFields = default } }
            || next.Metadata.Finalizers
                != old.Metadata.Finalizers.Where(name => name != LocalPathVolumes.Finalizer).ToValueList())
        {
            throw attributes.Forbidden(
                $"node {FieldError.Quote(nodeName)} is only allowed to take the finalizer "
                + $"{FieldError.Quote(LocalPathVolumes.Finalizer)} from a volume whose data is to go");
        }
    }

    private static void CheckLease(AdmissionAttributes attributes, string nodeName)
    {
        if (attributes.Namespace != LeaseNamespace)
        {
            throw attributes.Forbidden(
                $"can only access leases in the {FieldError.Quote(LeaseNamespace)} system namespace");
        }

        CheckName(attributes, nodeName, "can only access node lease with the same name as the requesting node");
    }

    private static void CheckName(AdmissionAttributes attributes, string nodeName, string otherwise)
    {
        var name = attributes.Operation == AdmissionOperation.Create
            ? (attributes.Object as IKubernetesObject)?.Metadata.Name ?? attributes.Name
            : attributes.Name;
        if (name != nodeName)
        {
            throw attributes.Forbidden(otherwise);
        }
    }

    private static void CheckSlice(AdmissionAttributes attributes, string nodeName)
    {
        var slice = (attributes.Operation == AdmissionOperation.Delete ? attributes.OldObject : attributes.Object)
            as ResourceSlice;
        if (slice is not null && slice.Spec.NodeName != nodeName)
        {
            var verb = attributes.Operation switch
            {
                AdmissionOperation.Create => "create",
                AdmissionOperation.Delete => "delete",
                _ => "update",
            };
            throw attributes.Forbidden(
                $"can only {verb} ResourceSlice with the same NodeName as the requesting node");
        }
    }
}

/// <summary>Labels that a node may give itself. Source: kubelet pkg/apis/well_known_labels.go.</summary>
internal static class NodeLabels
{
    private const string Restricted = "node-restriction.kubernetes.io";

    private static readonly HashSet<string> Allowed =
    [
        "kubernetes.io/hostname", "kubernetes.io/arch", "kubernetes.io/os", "beta.kubernetes.io/arch",
        "beta.kubernetes.io/os", "beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type",
        "topology.kubernetes.io/zone", "topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/zone",
        "failure-domain.beta.kubernetes.io/region", "node.kubernetes.io/windows-build",
    ];

    /// <summary>The labels that differ and that a node may not touch, in order.</summary>
    public static List<string> Forbidden(ValueMap<string> next, ValueMap<string> old) =>
        [.. next.Keys.Union(old.Keys)
            .Where(key => next.Get(key) != old.Get(key) && IsForbidden(key))
            .Order(StringComparer.Ordinal)];

    private static bool IsForbidden(string label)
    {
        var slash = label.IndexOf('/');
        var domain = slash < 0 ? "" : label[..slash];
        return IsIn(domain, Restricted)
            || ((IsIn(domain, "kubernetes.io") || IsIn(domain, "k8s.io"))
                && !Allowed.Contains(label)
                && !IsIn(domain, "kubelet.kubernetes.io") && !IsIn(domain, "node.kubernetes.io"));
    }

    private static bool IsIn(string domain, string parent) =>
        domain == parent || domain.EndsWith($".{parent}", StringComparison.Ordinal);
}
