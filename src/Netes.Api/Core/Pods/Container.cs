using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>One container of a pod.</summary>
[ApiType("io.k8s.api.core.v1.Container")]
public sealed partial record Container
{
    /// <summary>The name, unique in the pod.</summary>
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    /// <summary>The image to run.</summary>
    [Field(2, "image", OmitEmpty = true)]
    public partial string Image { get; init; }

    /// <summary>The program and its first arguments; the image's entry point when empty.</summary>
    [Field(3, "command", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Command { get; init; }

    /// <summary>Arguments of the program; the image's own when empty.</summary>
    [Field(4, "args", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Args { get; init; }

    /// <summary>The directory the program starts in.</summary>
    [Field(5, "workingDir", OmitEmpty = true)]
    public partial string WorkingDir { get; init; }

    /// <summary>Ports that the container listens on.</summary>
    [Field(6, "ports", OmitEmpty = true, ListType = "map", ListMapKeys = ["containerPort", "protocol"],
        PatchStrategy = "merge", PatchMergeKey = "containerPort")]
    public partial ValueList<ContainerPort> Ports { get; init; }

    /// <summary>Sources of many environment variables.</summary>
    [Field(19, "envFrom", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<EnvFromSource> EnvFrom { get; init; }

    /// <summary>Environment variables.</summary>
    [Field(7, "env", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"], PatchStrategy = "merge",
        PatchMergeKey = "name")]
    public partial ValueList<EnvVar> Env { get; init; }

    /// <summary>What the container needs and may use.</summary>
    [Field(8, "resources", OmitEmpty = true)]
    public partial ResourceRequirements Resources { get; init; }

    /// <summary>Whether a change of a resource restarts the container.</summary>
    [Field(23, "resizePolicy", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ContainerResizePolicy> ResizePolicy { get; init; }

    /// <summary>Always makes an init container run on beside the others.</summary>
    [Field(24, "restartPolicy", OmitEmpty = true, EnumOf = typeof(ContainerRestartPolicy))]
    public partial string? RestartPolicy { get; init; }

    /// <summary>What to do after which exit code.</summary>
    [Field(25, "restartPolicyRules", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ContainerRestartRule> RestartPolicyRules { get; init; }

    /// <summary>Volumes in the container's file system.</summary>
    [Field(9, "volumeMounts", OmitEmpty = true, ListType = "map", ListMapKeys = ["mountPath"],
        PatchStrategy = "merge", PatchMergeKey = "mountPath")]
    public partial ValueList<VolumeMount> VolumeMounts { get; init; }

    /// <summary>Block devices in the container.</summary>
    [Field(21, "volumeDevices", OmitEmpty = true, ListType = "map", ListMapKeys = ["devicePath"],
        PatchStrategy = "merge", PatchMergeKey = "devicePath")]
    public partial ValueList<VolumeDevice> VolumeDevices { get; init; }

    /// <summary>Asks whether the container lives; it is restarted when not.</summary>
    [Field(10, "livenessProbe", OmitEmpty = true)]
    public partial Probe? LivenessProbe { get; init; }

    /// <summary>Asks whether the container can serve; it gets no traffic while not.</summary>
    [Field(11, "readinessProbe", OmitEmpty = true)]
    public partial Probe? ReadinessProbe { get; init; }

    /// <summary>Asks whether the container has started; the other probes wait for it.</summary>
    [Field(22, "startupProbe", OmitEmpty = true)]
    public partial Probe? StartupProbe { get; init; }

    /// <summary>What to do after the start and before the stop.</summary>
    [Field(12, "lifecycle", OmitEmpty = true)]
    public partial Lifecycle? Lifecycle { get; init; }

    /// <summary>The file whose content becomes the message of the ended container.</summary>
    [Field(13, "terminationMessagePath", OmitEmpty = true)]
    public partial string TerminationMessagePath { get; init; }

    /// <summary>File, or FallbackToLogsOnError.</summary>
    [Field(20, "terminationMessagePolicy", OmitEmpty = true, EnumOf = typeof(TerminationMessagePolicy))]
    public partial string TerminationMessagePolicy { get; init; }

    /// <summary>Always, IfNotPresent or Never.</summary>
    [Field(14, "imagePullPolicy", OmitEmpty = true, EnumOf = typeof(PullPolicy))]
    public partial string ImagePullPolicy { get; init; }

    /// <summary>Security settings of the container.</summary>
    [Field(15, "securityContext", OmitEmpty = true)]
    public partial SecurityContext? SecurityContext { get; init; }

    /// <summary>True keeps an input open for attaching.</summary>
    [Field(16, "stdin", OmitEmpty = true)]
    public partial bool Stdin { get; init; }

    /// <summary>True closes the input after the first attached client left.</summary>
    [Field(17, "stdinOnce", OmitEmpty = true)]
    public partial bool StdinOnce { get; init; }

    /// <summary>True gives the container a terminal.</summary>
    [Field(18, "tty", OmitEmpty = true)]
    public partial bool TTY { get; init; }
}
