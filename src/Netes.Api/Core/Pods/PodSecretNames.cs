namespace Netes.Api.Core;

/// <summary>
/// The one list of all places where a pod names a Secret. Source: pkg/api/v1/pod/util.go, VisitPodSecretNames.
/// </summary>
public static class PodSecretNames
{
    /// <summary>The names, some perhaps twice, none empty.</summary>
    public static IEnumerable<string> Of(Pod pod) => All(pod).OfType<string>().Where(static name => name.Length > 0);

    private static IEnumerable<string?> All(Pod pod)
    {
        var spec = pod.Spec;
        return spec.ImagePullSecrets.Select(static secret => secret.Name)
            .Concat(spec.Containers.Concat(spec.InitContainers)
                .SelectMany(static container => InEnvironment(container.Env, container.EnvFrom)))
            .Concat(spec.EphemeralContainers.Select(static container => container.EphemeralContainerCommon)
                .SelectMany(static container => InEnvironment(container.Env, container.EnvFrom)))
            .Concat(spec.Volumes.SelectMany(static volume => InVolume(volume.VolumeSource)));
    }

    private static IEnumerable<string?> InEnvironment(ValueList<EnvVar> variables, ValueList<EnvFromSource> sources) =>
        sources.Select(static source => source.SecretRef?.LocalObjectReference.Name)
            .Concat(variables.Select(static variable => variable.ValueFrom?.SecretKeyRef?.LocalObjectReference.Name));

    private static IEnumerable<string?> InVolume(VolumeSource source) =>
    [
        source.Secret?.SecretName,
        source.AzureFile?.SecretName,
        source.CephFS?.SecretRef?.Name,
        source.Cinder?.SecretRef?.Name,
        source.CSI?.NodePublishSecretRef?.Name,
        source.FlexVolume?.SecretRef?.Name,
        source.ISCSI?.SecretRef?.Name,
        source.RBD?.SecretRef?.Name,
        source.ScaleIO?.SecretRef?.Name,
        source.StorageOS?.SecretRef?.Name,
        .. (source.Projected?.Sources ?? default).Select(
            static projection => projection.Secret?.LocalObjectReference.Name),
    ];
}
