using Netes.Api.Core;

namespace Netes.Nodes.Pods;

public enum ContainerKind
{
    Init,

    /// <summary>An init container with <c>restartPolicy: Always</c> (KEP-753).</summary>
    Sidecar,
    Regular,
    Ephemeral,
}

/// <summary>A container of a pod with its place in it.</summary>
public sealed record PodContainer(ContainerKind Kind, Container Spec)
{
    /// <summary>The container an ephemeral one looks into.</summary>
    public string TargetName { get; init; } = "";

    public string Name => Spec.Name;

    /// <summary>Where in the pod it is defined, as events name it: <c>spec.containers{web}</c>.</summary>
    public string FieldPath => Kind switch
    {
        ContainerKind.Init or ContainerKind.Sidecar => $"spec.initContainers{{{Name}}}",
        ContainerKind.Ephemeral => $"spec.ephemeralContainers{{{Name}}}",
        _ => $"spec.containers{{{Name}}}",
    };
}

/// <summary>The containers of a pod in the order in which they start.</summary>
public static class PodContainers
{
    public static IEnumerable<PodContainer> InitContainersOf(PodSpec spec)
    {
        foreach (var container in (IEnumerable<Container>)spec.InitContainers)
        {
            yield return new PodContainer(
                container.RestartPolicy == ContainerRestartPolicy.Always ? ContainerKind.Sidecar : ContainerKind.Init,
                container);
        }
    }

    public static IEnumerable<PodContainer> RegularOf(PodSpec spec) =>
        ((IEnumerable<Container>)spec.Containers).Select(spec => new PodContainer(ContainerKind.Regular, spec));

    public static IEnumerable<PodContainer> EphemeralOf(PodSpec spec) =>
        ((IEnumerable<EphemeralContainer>)spec.EphemeralContainers).Select(ephemeral =>
            new PodContainer(ContainerKind.Ephemeral, AsContainer(ephemeral.EphemeralContainerCommon))
            {
                TargetName = ephemeral.TargetContainerName,
            });

    public static IEnumerable<PodContainer> AllOf(PodSpec spec) =>
        InitContainersOf(spec).Concat(RegularOf(spec)).Concat(EphemeralOf(spec));

    public static PodContainer? Find(PodSpec spec, string name) =>
        AllOf(spec).FirstOrDefault(container => container.Name == name);

    /// <summary>The part of the definition whose change restarts a container: its image.</summary>
    public static string HashOf(Container container)
    {
        // FNV-1a, written in hexadecimal as kubelets do.
        var hash = 2166136261u;
        foreach (var unit in container.Name + "\n" + container.Image)
        {
            hash = unchecked((hash ^ unit) * 16777619u);
        }

        return hash.ToString("x", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Container AsContainer(EphemeralContainerCommon common) => new()
    {
        Name = common.Name,
        Image = common.Image,
        Command = common.Command,
        Args = common.Args,
        WorkingDir = common.WorkingDir,
        EnvFrom = common.EnvFrom,
        Env = common.Env,
        Resources = common.Resources,
        VolumeMounts = common.VolumeMounts,
        TerminationMessagePath = common.TerminationMessagePath,
        TerminationMessagePolicy = common.TerminationMessagePolicy,
        ImagePullPolicy = common.ImagePullPolicy,
        SecurityContext = common.SecurityContext,
        Stdin = common.Stdin,
        StdinOnce = common.StdinOnce,
        TTY = common.TTY,
    };
}
