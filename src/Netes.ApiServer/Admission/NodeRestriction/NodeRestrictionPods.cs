using Netes.Api;
using Netes.Api.Authentication;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ApiServer.Authorization.Nodes;

namespace Netes.ApiServer.Admission;

/// <summary>The part of <see cref="NodeRestriction"/> that is about pods and their tokens.</summary>
internal sealed class NodeRestrictionPods(IObjectReader objects, ValueList<string> serverAudiences)
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    public async ValueTask CheckAsync(AdmissionAttributes attributes, string nodeName, CancellationToken cancel)
    {
        var quoted = FieldError.Quote(nodeName);
        switch (attributes.Subresource, attributes.Operation)
        {
            case ("", AdmissionOperation.Create):
                CheckMirror(attributes, quoted, nodeName);
                break;
            case ("", AdmissionOperation.Delete):
                var doomed = await FindAsync(attributes.Namespace, attributes.Name, cancel);
                Require(attributes, doomed.Spec.NodeName == nodeName,
                    $"node {quoted} can only delete pods with spec.nodeName set to itself");
                break;
            case ("", _):
                throw attributes.Forbidden(
                    $"unexpected operation {FieldError.Quote(attributes.Operation.ToString().ToUpperInvariant())}, "
                    + $"node {quoted} can only create and delete mirror pods");
            case ("status", AdmissionOperation.Update):
                CheckStatus(attributes, quoted, nodeName);
                break;
            case ("eviction", AdmissionOperation.Create):
                var evicted = await FindAsync(attributes.Namespace, attributes.Name, cancel);
                Require(attributes, evicted.Spec.NodeName == nodeName,
                    $"node {nodeName} can only evict pods with spec.nodeName set to itself");
                break;
            default:
                throw attributes.Forbidden(
                    $"unexpected pod subresource {FieldError.Quote(attributes.Subresource)}, only 'status' and "
                        + "'eviction' "
                    + "are allowed");
        }
    }

    /// <summary>Tokens only for pods on the node, and only for those that the pod asks for.</summary>
    public async ValueTask CheckTokenAsync(AdmissionAttributes attributes, string nodeName, CancellationToken cancel)
    {
        if (attributes.Operation != AdmissionOperation.Create || attributes.Subresource != "token"
            || attributes.Object is not TokenRequest request)
        {
            return;
        }

        if (request.Spec.BoundObjectRef is not { ApiVersion: "v1", Kind: "Pod", Name.Length: > 0 } reference)
        {
            throw attributes.Forbidden("node requested token not bound to a pod");
        }

        Require(attributes, reference.Uid.Length > 0, "node requested token with a pod binding without a uid");
        var pod = await FindAsync(attributes.Namespace, reference.Name, cancel);
        Require(attributes, pod.Metadata.Uid == reference.Uid,
            $"the UID in the bound object reference ({reference.Uid}) does not match the UID in record. "
            + "The object might have been deleted and then recreated");
        Require(attributes, pod.Spec.NodeName == nodeName,
            "node requested token bound to a pod scheduled on a different node");
        foreach (var audience in request.Spec.Audiences)
        {
            Require(attributes, serverAudiences.AsSpan().Contains(audience) || AsksFor(pod, audience),
                $"audience {FieldError.Quote(audience)} not found in pod spec volume");
        }
    }

    private static bool AsksFor(Pod pod, string audience) => pod.Spec.Volumes.Any(volume =>
        volume.VolumeSource.Projected?.Sources.Any(source => source.ServiceAccountToken?.Audience == audience) == true);

    private void CheckMirror(AdmissionAttributes attributes, string quoted, string nodeName)
    {
        if (attributes.Object is not Pod pod)
        {
            return;
        }

        Require(attributes, pod.Metadata.Annotations.ContainsKey(MirrorAnnotation),
            $"pod does not have {FieldError.Quote(MirrorAnnotation)} annotation, node {quoted} can only create mirror "
                + "pods");
        Require(attributes, pod.Spec.NodeName == nodeName,
            $"node {quoted} can only create pods with spec.nodeName set to itself");
        CheckOwner(attributes, pod, quoted, nodeName);
        Require(attributes, pod.Spec.ServiceAccountName.Length == 0,
            $"node {quoted} can not create pods that reference a service account");
        var references = PodReferences.Find(pod).Select(static reference => reference.Kind).ToHashSet();
        foreach (var (kind, word) in new[]
        {
            (ReferenceKind.Secret, "secrets"), (ReferenceKind.ConfigMap, "configmaps"),
            (ReferenceKind.PersistentVolumeClaim, "persistentvolumeclaims"),
        })
        {
            Require(attributes, !references.Contains(kind), $"node {quoted} can not create pods that reference {word}");
        }

        Require(attributes, pod.Spec.ResourceClaims.IsEmpty,
            $"node {quoted} can not create pods that reference resourceclaims");
        Require(attributes, !pod.Spec.Volumes.Any(static volume => volume.VolumeSource.Projected?.Sources
                .Any(static source => source.ClusterTrustBundle is not null
                    || source.PodCertificate is not null) == true),
            $"node {quoted} can not create pods that reference clustertrustbundles");
    }

    private void CheckOwner(AdmissionAttributes attributes, Pod pod, string quoted, string nodeName)
    {
        var owners = pod.Metadata.OwnerReferences;
        Require(attributes, owners.Count <= 1,
            $"node {quoted} can only create pods with a single owner reference set to itself");
        Require(attributes, owners.Count == 1 && owners[0] is { ApiVersion: "v1", Kind: "Node" }
            && owners[0].Name == nodeName,
            $"node {quoted} can only create pods with an owner reference set to itself");
        var owner = owners[0];
        Require(attributes, owner.Controller == true,
            $"node {quoted} can only create pods with a controller owner reference set to itself");
        Require(attributes, owner.BlockOwnerDeletion != true,
            $"node {quoted} must not set blockOwnerDeletion on an owner reference");
        var node = objects.Get<Node>("", nodeName) ?? throw ApiErrors.NotFound("", "nodes", nodeName);
        Require(attributes, owner.Uid == node.Metadata.Uid,
            $"node {nodeName} UID mismatch: expected {owner.Uid} got {node.Metadata.Uid}");
    }

    private static void CheckStatus(AdmissionAttributes attributes, string quoted, string nodeName)
    {
        if (attributes.OldObject is not Pod old || attributes.Object is not Pod next)
        {
            return;
        }

        Require(attributes, old.Spec.NodeName == nodeName,
            $"node {quoted} can only update pod status for pods with spec.nodeName set to itself");
        Require(attributes, next.Metadata.Labels == old.Metadata.Labels,
            $"node {quoted} cannot update labels through pod status");
        Require(attributes, next.Status.ResourceClaimStatuses == old.Status.ResourceClaimStatuses,
            $"node {quoted} cannot update resource claim statuses");
    }

    private async ValueTask<Pod> FindAsync(string namespaceName, string name, CancellationToken cancel) =>
        objects.Get<Pod>(namespaceName, name)
        ?? await objects.GetLatestAsync<Pod>(namespaceName, name, cancel)
        ?? throw ApiErrors.NotFound("", "pods", name);

    private static void Require(AdmissionAttributes attributes, bool holds, string otherwise)
    {
        if (!holds)
        {
            throw attributes.Forbidden(otherwise);
        }
    }
}
