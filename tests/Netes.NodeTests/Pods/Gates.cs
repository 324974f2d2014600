using Netes.Api;
using Netes.Api.Core;

namespace Netes.NodeTests.Pods;

/// <summary>A test tells a container when to go on: what comes before is seen, however slowly one looks.</summary>
internal static class Gates
{
    /// <summary>The pod, whose containers have a folder of the machine at /gate.</summary>
    public static Pod WithGate(this Pod pod, NodeFixture node, out string folder)
    {
        folder = Directory.CreateDirectory($"{node.Machine.Folder}/gates/{pod.Metadata.Name}").FullName;
        return pod with
        {
            Spec = pod.Spec with
            {
                Volumes = [new() { Name = "gate", VolumeSource = new() { HostPath = new() { Path = folder } } }],
                Containers = pod.Spec.Containers.Select(container => container with
                {
                    VolumeMounts = [new() { Name = "gate", MountPath = "/gate" }],
                }).ToValueList(),
            },
        };
    }
}
