using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.EphemeralContainerCommon")]
public sealed partial record EphemeralContainerCommon
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "image", OmitEmpty = true)]
    public partial string Image { get; init; }

    [Field(3, "command", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Command { get; init; }

    [Field(4, "args", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Args { get; init; }

    [Field(5, "workingDir", OmitEmpty = true)]
    public partial string WorkingDir { get; init; }

    [Field(6, "ports", OmitEmpty = true, ListType = "map", ListMapKeys = ["containerPort", "protocol"],
        PatchStrategy = "merge", PatchMergeKey = "containerPort")]
    public partial ValueList<ContainerPort> Ports { get; init; }

    [Field(19, "envFrom", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<EnvFromSource> EnvFrom { get; init; }

    [Field(7, "env", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"], PatchStrategy = "merge",
        PatchMergeKey = "name")]
    public partial ValueList<EnvVar> Env { get; init; }

    [Field(8, "resources", OmitEmpty = true)]
    public partial ResourceRequirements Resources { get; init; }

    [Field(23, "resizePolicy", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ContainerResizePolicy> ResizePolicy { get; init; }

    [Field(24, "restartPolicy", OmitEmpty = true, EnumOf = typeof(ContainerRestartPolicy))]
    public partial string? RestartPolicy { get; init; }

    [Field(25, "restartPolicyRules", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ContainerRestartRule> RestartPolicyRules { get; init; }

    [Field(9, "volumeMounts", OmitEmpty = true, ListType = "map", ListMapKeys = ["mountPath"],
        PatchStrategy = "merge", PatchMergeKey = "mountPath")]
    public partial ValueList<VolumeMount> VolumeMounts { get; init; }

    [Field(21, "volumeDevices", OmitEmpty = true, ListType = "map", ListMapKeys = ["devicePath"],
        PatchStrategy = "merge", PatchMergeKey = "devicePath")]
    public partial ValueList<VolumeDevice> VolumeDevices { get; init; }

    [Field(10, "livenessProbe", OmitEmpty = true)]
    public partial Probe? LivenessProbe { get; init; }

    [Field(11, "readinessProbe", OmitEmpty = true)]
    public partial Probe? ReadinessProbe { get; init; }

    [Field(22, "startupProbe", OmitEmpty = true)]
    public partial Probe? StartupProbe { get; init; }

    [Field(12, "lifecycle", OmitEmpty = true)]
    public partial Lifecycle? Lifecycle { get; init; }

    [Field(13, "terminationMessagePath", OmitEmpty = true)]
    public partial string TerminationMessagePath { get; init; }

    [Field(20, "terminationMessagePolicy", OmitEmpty = true, EnumOf = typeof(TerminationMessagePolicy))]
    public partial string TerminationMessagePolicy { get; init; }

    [Field(14, "imagePullPolicy", OmitEmpty = true, EnumOf = typeof(PullPolicy))]
    public partial string ImagePullPolicy { get; init; }

    [Field(15, "securityContext", OmitEmpty = true)]
    public partial SecurityContext? SecurityContext { get; init; }

    [Field(16, "stdin", OmitEmpty = true)]
    public partial bool Stdin { get; init; }

    [Field(17, "stdinOnce", OmitEmpty = true)]
    public partial bool StdinOnce { get; init; }

    [Field(18, "tty", OmitEmpty = true)]
    public partial bool TTY { get; init; }
}
