using Netes.Api.Core;

namespace Netes.ApiServer.Authorization.Nodes;

/// <summary>What kind of object a pod needs.</summary>
internal enum ReferenceKind
{
    Pod,
    ServiceAccount,
    Secret,
    ConfigMap,
    PersistentVolumeClaim,
    ResourceClaim,
    VolumeAttachment,
}

/// <summary>An object that something on a node needs. The namespace is empty for cluster-scoped kinds.</summary>
internal readonly record struct NodeReference(ReferenceKind Kind, string Namespace, string Name);

/// <summary>
/// The one list of all places where a pod names a ConfigMap or a claim, and the Secrets of
/// <see cref="PodSecretNames"/>: every policy that looks at them uses it, so that none forgets a place.
/// Source: pkg/api/v1/pod/util.go, VisitPodConfigmapNames.
/// </summary>
internal static class PodReferences
{
    public static IEnumerable<NodeReference> Find(Pod pod)
    {
        var space = pod.Metadata.Namespace;
        foreach (var (kind, name) in FindNames(pod))
        {
            if (name.Length > 0)
            {
                yield return new NodeReference(kind, space, name);
            }
        }
    }

    private static IEnumerable<(ReferenceKind Kind, string Name)> FindNames(Pod pod)
    {
        yield return (ReferenceKind.ServiceAccount, pod.Spec.ServiceAccountName);
        foreach (var secret in PodSecretNames.Of(pod))
        {
            yield return (ReferenceKind.Secret, secret);
        }

        foreach (var found in pod.Spec.Containers.Concat(pod.Spec.InitContainers)
            .SelectMany(static container => FindInEnvironment(container.Env, container.EnvFrom)))
        {
            yield return found;
        }

        foreach (var found in pod.Spec.EphemeralContainers.Select(
            static container => container.EphemeralContainerCommon)
            .SelectMany(static container => FindInEnvironment(container.Env, container.EnvFrom)))
        {
            yield return found;
        }

        foreach (var volume in pod.Spec.Volumes.ToArray())
        {
            foreach (var found in FindInVolume(pod, volume))
            {
                yield return found;
            }
        }

        foreach (var claim in pod.Spec.ResourceClaims.ToArray())
        {
            var name = claim.ResourceClaimName
                ?? pod.Status.ResourceClaimStatuses.FirstOrDefault(
                    status => status.Name == claim.Name)?.ResourceClaimName;
            yield return (ReferenceKind.ResourceClaim, name ?? "");
        }

        // What the scheduler claimed for the pod's extended resources.
        yield return (ReferenceKind.ResourceClaim, pod.Status.ExtendedResourceClaimStatus?.ResourceClaimName ?? "");
    }

    private static IEnumerable<(ReferenceKind Kind, string Name)> FindInEnvironment(
        Netes.Api.ValueList<EnvVar> variables, Netes.Api.ValueList<EnvFromSource> sources)
    {
        foreach (var source in sources.ToArray())
        {
            yield return (ReferenceKind.ConfigMap, source.ConfigMapRef?.LocalObjectReference.Name ?? "");
        }

        foreach (var variable in variables.ToArray())
        {
            yield return (ReferenceKind.ConfigMap, variable.ValueFrom?.ConfigMapKeyRef?.LocalObjectReference.Name
                ?? "");
        }
    }

    private static IEnumerable<(ReferenceKind Kind, string Name)> FindInVolume(Pod pod, Volume volume)
    {
        var source = volume.VolumeSource;
        yield return (ReferenceKind.ConfigMap, source.ConfigMap?.LocalObjectReference.Name ?? "");
        yield return (ReferenceKind.PersistentVolumeClaim, source.PersistentVolumeClaim?.ClaimName ?? "");
        if (source.Ephemeral is not null)
        {
            yield return (ReferenceKind.PersistentVolumeClaim, $"{pod.Metadata.Name}-{volume.Name}");
        }

        foreach (var projection in source.Projected?.Sources.ToArray() ?? [])
        {
            yield return (ReferenceKind.ConfigMap, projection.ConfigMap?.LocalObjectReference.Name ?? "");
        }
    }
}

/// <summary>The Secrets that mounting a volume takes. Source: pkg/api/v1/persistentvolume/util.go.</summary>
internal static class VolumeSecrets
{
    public static IEnumerable<NodeReference> Find(PersistentVolume volume)
    {
        var source = volume.Spec.PersistentVolumeSource;
        var claimSpace = volume.Spec.ClaimRef?.Namespace ?? "";
        SecretReference?[] references =
        [
            source.CephFS?.SecretRef, source.Cinder?.SecretRef, source.FlexVolume?.SecretRef, source.ISCSI?.SecretRef,
            source.RBD?.SecretRef, source.ScaleIO?.SecretRef, source.CSI?.NodePublishSecretRef,
            source.CSI?.NodeStageSecretRef, source.CSI?.NodeExpandSecretRef,
        ];
        foreach (var reference in references)
        {
            if (reference is { Name.Length: > 0 })
            {
                var space = reference.Namespace.Length > 0 ? reference.Namespace : claimSpace;
                yield return new NodeReference(ReferenceKind.Secret, space, reference.Name);
            }
        }

        if (source.AzureFile is { SecretName.Length: > 0 } file)
        {
            yield return new NodeReference(ReferenceKind.Secret, file.SecretNamespace ?? claimSpace, file.SecretName);
        }

        if (source.StorageOS?.SecretRef is { Name.Length: > 0 } storage)
        {
            var space = storage.Namespace.Length > 0 ? storage.Namespace : claimSpace;
            yield return new NodeReference(ReferenceKind.Secret, space, storage.Name);
        }
    }
}
