using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Configs;
using Netes.Nodes.Environments;
using Netes.Nodes.Pods;

namespace Netes.Nodes.Volumes;

/// <summary>
/// What is mounted into a container: its volumes, /etc/hosts and the file for its last words.
/// Source: pkg/kubelet/kubelet_pods.go (makeMounts), pkg/volume/util/subpath.
/// </summary>
public sealed class ContainerMounts(PodVolumes volumes, NodeAgentOptions options, Func<string> newId)
{
    private const UnixFileMode SharedFolder = (UnixFileMode)0b111_101_000;
    private const UnixFileMode WritableByAll = (UnixFileMode)0b110_110_110;
    private const UnixFileMode HostsMode = (UnixFileMode)0b110_100_100;

    /// <exception cref="ConfigException">A mount cannot be made as it is defined.</exception>
    public IReadOnlyList<Cri.Mount> Of(
        Pod pod, PodContainer container, IReadOnlyList<string> podAddresses,
        IReadOnlyDictionary<string, string> environment)
    {
        var mounts = new List<Cri.Mount>();
        foreach (var mount in container.Spec.VolumeMounts)
        {
            mounts.Add(OfVolume(pod, container, mount, environment));
        }

        if (mounts.TrueForAll(mount => mount.ContainerPath != HostsFile.Path))
        {
            mounts.Add(new() { ContainerPath = HostsFile.Path, HostPath = WriteHosts(pod, podAddresses) });
        }

        if (container.Spec.TerminationMessagePath.Length > 0)
        {
            mounts.Add(new()
            {
                ContainerPath = container.Spec.TerminationMessagePath,
                HostPath = MakeTerminationFile(pod, container.Name),
            });
        }

        return mounts;
    }

    private Cri.Mount OfVolume(
        Pod pod, PodContainer container, VolumeMount mount, IReadOnlyDictionary<string, string> environment)
    {
        var volume = ((IEnumerable<Volume>)pod.Spec.Volumes).FirstOrDefault(item => item.Name == mount.Name);
        if (volume is null || volumes.PathOf(pod, volume) is not { } path)
        {
            throw new ConfigException(
                $"cannot find volume \"{mount.Name}\" to mount into container \"{container.Name}\"");
        }

        var subPath = mount.SubPath;
        if (mount.SubPathExpr.Length > 0)
        {
            subPath = Expansion.Expand(mount.SubPathExpr, name => environment.GetValueOrDefault(name)
                ?? throw new ConfigException($"missing value for \"{name}\""));
        }

        return new()
        {
            ContainerPath = mount.MountPath.StartsWith('/') ? mount.MountPath : "/" + mount.MountPath,
            HostPath = subPath.Length == 0 ? path : Resolve(path, subPath, mount, container),
            // What the API writes is the API's alone.
            Readonly = mount.ReadOnly || volume.VolumeSource is { ConfigMap: not null } or { Secret: not null }
                or { DownwardAPI: not null } or { Projected: not null } or { PersistentVolumeClaim.ReadOnly: true },
            Propagation = mount.MountPropagation switch
            {
                MountPropagationMode.HostToContainer => Cri.MountPropagation.PropagationHostToContainer,
                MountPropagationMode.Bidirectional => Cri.MountPropagation.PropagationBidirectional,
                _ => Cri.MountPropagation.PropagationPrivate,
            },
        };
    }

    // What is wrong with the path could tell of the machine's own files: the pod is not told.
    private static string Resolve(string path, string subPath, VolumeMount mount, PodContainer container)
    {
        try
        {
            return SubPaths.Resolve(path, subPath);
        }
        catch (Exception error) when (error is ConfigException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigException(
                $"failed to prepare subPath for volumeMount \"{mount.Name}\" of container \"{container.Name}\"");
        }
    }

    private string WriteHosts(Pod pod, IReadOnlyList<string> podAddresses)
    {
        var text = pod.Spec.HostNetwork
            ? HostsFile.OfHostNetwork(pod, File.Exists(HostsFile.Path) ? File.ReadAllText(HostsFile.Path) : "")
            : HostsFile.Of(
                pod, podAddresses, PodNames.Hostname(pod, options.ClusterDomain),
                PodNames.Domain(pod, options.ClusterDomain));
        var folder = options.PodDirectory(pod.Metadata.Uid);
        Directory.CreateDirectory(folder, SharedFolder);
        var path = folder + "/etc-hosts";
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, HostsMode);
        return path;
    }

    private string MakeTerminationFile(Pod pod, string container)
    {
        var folder = $"{options.PodDirectory(pod.Metadata.Uid)}/containers/{container}";
        Directory.CreateDirectory(folder);
        var path = $"{folder}/{newId()}";
        File.WriteAllBytes(path, []);
        File.SetUnixFileMode(path, WritableByAll);
        return path;
    }
}
