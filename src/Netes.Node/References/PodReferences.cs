using System.Collections.Immutable;
using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Pods;

namespace Netes.Nodes;

/// <summary>
/// Which config maps and secrets a pod uses. Source: pkg/api/v1/pod/util.go (VisitPodSecretNames, ...).
/// </summary>
public sealed record PodReferences(ImmutableHashSet<string> ConfigMaps, ImmutableHashSet<string> Secrets)
{
    public static PodReferences Of(Pod pod)
    {
        var maps = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var secrets = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var container in PodContainers.AllOf(pod.Spec))
        {
            AddEnvironment(container.Spec, maps, secrets);
        }

        foreach (var volume in pod.Spec.Volumes)
        {
            AddVolume(volume.VolumeSource, maps, secrets);
        }

        secrets.UnionWith(((IEnumerable<LocalObjectReference>)pod.Spec.ImagePullSecrets).Select(item => item.Name));
        return new(maps.ToImmutable(), secrets.ToImmutable());
    }

    private static void AddEnvironment(
        Container container, ImmutableHashSet<string>.Builder maps, ImmutableHashSet<string>.Builder secrets)
    {
        foreach (var source in container.EnvFrom)
        {
            Add(maps, source.ConfigMapRef?.LocalObjectReference);
            Add(secrets, source.SecretRef?.LocalObjectReference);
        }

        foreach (var variable in container.Env)
        {
            Add(maps, variable.ValueFrom?.ConfigMapKeyRef?.LocalObjectReference);
            Add(secrets, variable.ValueFrom?.SecretKeyRef?.LocalObjectReference);
        }
    }

    private static void AddVolume(
        VolumeSource source, ImmutableHashSet<string>.Builder maps, ImmutableHashSet<string>.Builder secrets)
    {
        Add(maps, source.ConfigMap?.LocalObjectReference);
        if (source.Secret is { SecretName.Length: > 0 } secret)
        {
            secrets.Add(secret.SecretName);
        }

        foreach (var part in source.Projected?.Sources ?? ValueList<VolumeProjection>.Empty)
        {
            Add(maps, part.ConfigMap?.LocalObjectReference);
            Add(secrets, part.Secret?.LocalObjectReference);
        }
    }

    private static void Add(ImmutableHashSet<string>.Builder names, LocalObjectReference? reference)
    {
        if (reference is { Name.Length: > 0 })
        {
            names.Add(reference.Name);
        }
    }
}
