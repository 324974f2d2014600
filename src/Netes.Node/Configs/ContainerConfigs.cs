using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Environments;
using Netes.Nodes.Pods;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Configs;

/// <summary>All that the runtime's definition of a container rests on.</summary>
public sealed record ContainerConfigInput
{
    public required Pod Pod { get; init; }

    public required PodContainer Container { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required IReadOnlyList<Cri.Mount> Mounts { get; init; }

    /// <summary>The image's id on this machine.</summary>
    public required string ImageId { get; init; }

    public int RestartCount { get; init; }

    /// <summary>The container whose processes an ephemeral one sees.</summary>
    public string TargetId { get; init; } = "";

    public long MemoryCapacityBytes { get; init; }
}

/// <summary>
/// What the runtime is told of a container. Source: pkg/kubelet/kuberuntime/kuberuntime_container.go.
/// </summary>
public static class ContainerConfigs
{
    public static Cri.ContainerConfig Of(ContainerConfigInput input)
    {
        var pod = input.Pod;
        var spec = input.Container.Spec;
        var config = new Cri.ContainerConfig
        {
            Metadata = new() { Name = spec.Name, Attempt = (uint)input.RestartCount },
            Image = new() { Image = input.ImageId, UserSpecifiedImage = spec.Image },
            WorkingDir = spec.WorkingDir,
            LogPath = LogPath(spec.Name, input.RestartCount),
            Stdin = spec.Stdin,
            StdinOnce = spec.StdinOnce,
            Tty = spec.TTY,
            Linux = new()
            {
                Resources = ContainerResources.Of(pod, spec, SandboxConfigs.QosOf(pod), input.MemoryCapacityBytes),
                SecurityContext = SecurityContexts.OfContainer(pod, input.Container, input.TargetId),
            },
        };
        string? Lookup(string name) => input.Environment.GetValueOrDefault(name);
        config.Command.AddRange(((IEnumerable<string>)spec.Command).Select(word => Expansion.Expand(word, Lookup)));
        config.Args.AddRange(((IEnumerable<string>)spec.Args).Select(word => Expansion.Expand(word, Lookup)));
        config.Envs.AddRange(input.Environment.Select(pair =>
            new Cri.KeyValue { Key = pair.Key, Value = Google.Protobuf.ByteString.CopyFromUtf8(pair.Value) }));
        config.Mounts.AddRange(input.Mounts);
        AddLabels(config, input);
        return config;
    }

    /// <summary>The log file of an instance, below the pod's log folder.</summary>
    public static string LogPath(string container, int restartCount) =>
        string.Create(CultureInfo.InvariantCulture, $"{container}/{restartCount}.log");

    private static void AddLabels(Cri.ContainerConfig config, ContainerConfigInput input)
    {
        var pod = input.Pod;
        var spec = input.Container.Spec;
        config.Labels[PodLabels.PodName] = pod.Metadata.Name;
        config.Labels[PodLabels.PodNamespace] = pod.Metadata.Namespace;
        config.Labels[PodLabels.PodUid] = pod.Metadata.Uid;
        config.Labels[PodLabels.ContainerName] = spec.Name;
        config.Annotations[PodLabels.ContainerHash] = PodContainers.HashOf(spec);
        config.Annotations[PodLabels.RestartCount] = input.RestartCount.ToString(CultureInfo.InvariantCulture);
        config.Annotations[PodLabels.TerminationMessagePath] = spec.TerminationMessagePath;
        config.Annotations[PodLabels.TerminationMessagePolicy] = spec.TerminationMessagePolicy;
        if (pod.Spec.TerminationGracePeriodSeconds is { } grace)
        {
            config.Annotations[PodLabels.PodTerminationGracePeriod] = grace.ToString(CultureInfo.InvariantCulture);
        }
    }
}
