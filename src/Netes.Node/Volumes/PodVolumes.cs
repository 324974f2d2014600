using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Environments;

namespace Netes.Nodes.Volumes;

/// <summary>
/// The volumes of pods on this machine. Nothing is remembered but on disk: setting up twice changes nothing, and
/// removing finds what to unmount in the kernel's own list.
/// Source: pkg/kubelet/volumemanager, pkg/volume/{emptydir,hostpath}.
/// </summary>
public sealed class PodVolumes(
    VolumeContent content, ClaimVolumes claims, NodeAgentOptions options, TimeProvider time)
{
    private const UnixFileMode Open = (UnixFileMode)0b111_111_111;

    /// <summary>Makes or updates all volumes of a pod.</summary>
    /// <exception cref="VolumeException">One of them cannot be made.</exception>
    public async Task SetUpAsync(VolumeContext context, CancellationToken cancel)
    {
        foreach (var volume in (IEnumerable<Volume>)context.Pod.Spec.Volumes)
        {
            try
            {
                await SetUpAsync(volume, context, cancel);
            }
            catch (Exception error) when (error is ConfigException or IOException or UnauthorizedAccessException)
            {
                throw new VolumeException(volume.Name, error.Message);
            }
        }
    }

    /// <summary>Where the volume is on this machine, or null when it is of no known kind.</summary>
    public string? PathOf(Pod pod, Volume volume)
    {
        var source = volume.VolumeSource;
        if (source.HostPath is { } hostPath)
        {
            return hostPath.Path;
        }

        if (ClaimVolumes.ClaimOf(pod, volume) is not null)
        {
            return claims.PathOf(pod, volume);
        }

        var plugin = source switch
        {
            { EmptyDir: not null } => "empty-dir",
            { ConfigMap: not null } => "configmap",
            { Secret: not null } => "secret",
            { DownwardAPI: not null } => "downward-api",
            { Projected: not null } => "projected",
            _ => null,
        };
        return plugin is null ? null
            : $"{options.PodDirectory(pod.Metadata.Uid)}/volumes/kubernetes.io~{plugin}/{volume.Name}";
    }

    /// <summary>Unmounts and removes all that belongs to a pod on disk, logs excepted.</summary>
    public void Remove(string podUid)
    {
        var folder = options.PodDirectory(podUid);
        foreach (var point in HostMounts.MountPointsBelow(folder))
        {
            HostMounts.Unmount(point);
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task SetUpAsync(Volume volume, VolumeContext context, CancellationToken cancel)
    {
        if (ClaimVolumes.ClaimOf(context.Pod, volume) is { } claim)
        {
            await claims.SetUpAsync(context.Pod, volume, claim, cancel);
            return;
        }

        var path = PathOf(context.Pod, volume)
            ?? throw new ConfigException("no volume plugin matched");
        var fsGroup = context.Pod.Spec.SecurityContext?.FSGroup;
        if (volume.VolumeSource.HostPath is { } hostPath)
        {
            HostPaths.Check(hostPath);
        }
        else if (volume.VolumeSource.EmptyDir is { } emptyDir)
        {
            SetUpEmptyDir(path, emptyDir, fsGroup);
        }
        else if (await content.OfAsync(volume, context, cancel) is { } files)
        {
            var inMemory = volume.VolumeSource is { Secret: not null } or { Projected: not null };
            MakeFolder(path, inMemory, 0);
            if (AtomicWriter.Write(path, files, time) && fsGroup is { } group)
            {
                Ownership.Apply(path, group, isReadOnly: true);
            }
        }
    }

    private static void SetUpEmptyDir(string path, EmptyDirVolumeSource emptyDir, long? fsGroup)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        MakeFolder(path, emptyDir.Medium == StorageMedium.Memory, emptyDir.SizeLimit?.Value ?? 0);
        File.SetUnixFileMode(path, Open);
        if (fsGroup is { } group)
        {
            Ownership.Apply(path, group, isReadOnly: false);
        }
    }

    private static void MakeFolder(string path, bool inMemory, long sizeBytes)
    {
        Directory.CreateDirectory(path);
        if (inMemory && !HostMounts.IsMountPoint(path))
        {
            HostMounts.MountTmpfs(path, sizeBytes);
        }
    }
}
