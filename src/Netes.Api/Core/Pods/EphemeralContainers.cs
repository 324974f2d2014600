namespace Netes.Api.Core;

/// <summary>
/// An ephemeral container has a container's fields in a type of its own; its rules are a container's.
/// </summary>
public static class EphemeralContainers
{
    public static Container ToContainer(EphemeralContainerCommon common) => Container.Empty with
    {
        Name = common.Name,
        Image = common.Image,
        Command = common.Command,
        Args = common.Args,
        WorkingDir = common.WorkingDir,
        Ports = common.Ports,
        EnvFrom = common.EnvFrom,
        Env = common.Env,
        Resources = common.Resources,
        ResizePolicy = common.ResizePolicy,
        RestartPolicy = common.RestartPolicy,
        RestartPolicyRules = common.RestartPolicyRules,
        VolumeMounts = common.VolumeMounts,
        VolumeDevices = common.VolumeDevices,
        LivenessProbe = common.LivenessProbe,
        ReadinessProbe = common.ReadinessProbe,
        StartupProbe = common.StartupProbe,
        Lifecycle = common.Lifecycle,
        TerminationMessagePath = common.TerminationMessagePath,
        TerminationMessagePolicy = common.TerminationMessagePolicy,
        ImagePullPolicy = common.ImagePullPolicy,
        SecurityContext = common.SecurityContext,
        Stdin = common.Stdin,
        StdinOnce = common.StdinOnce,
        TTY = common.TTY,
    };

    public static EphemeralContainerCommon FromContainer(Container container) => EphemeralContainerCommon.Empty with
    {
        Name = container.Name,
        Image = container.Image,
        Command = container.Command,
        Args = container.Args,
        WorkingDir = container.WorkingDir,
        Ports = container.Ports,
        EnvFrom = container.EnvFrom,
        Env = container.Env,
        Resources = container.Resources,
        ResizePolicy = container.ResizePolicy,
        RestartPolicy = container.RestartPolicy,
        RestartPolicyRules = container.RestartPolicyRules,
        VolumeMounts = container.VolumeMounts,
        VolumeDevices = container.VolumeDevices,
        LivenessProbe = container.LivenessProbe,
        ReadinessProbe = container.ReadinessProbe,
        StartupProbe = container.StartupProbe,
        Lifecycle = container.Lifecycle,
        TerminationMessagePath = container.TerminationMessagePath,
        TerminationMessagePolicy = container.TerminationMessagePolicy,
        ImagePullPolicy = container.ImagePullPolicy,
        SecurityContext = container.SecurityContext,
        Stdin = container.Stdin,
        StdinOnce = container.StdinOnce,
        TTY = container.TTY,
    };
}
