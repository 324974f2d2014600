using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Environments;
using Netes.Nodes.Pods;

namespace Netes.Nodes.Volumes;

/// <summary>
/// Volumes of pods that are claims: a link in the pod's folder leads to where the claim's volume is. The link is all
/// that is remembered; it goes with the pod's folder, what it leads to stays.
/// Source: pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go (createVolumeSpec),
/// pkg/volume/{local,hostpath}.
/// </summary>
public sealed class ClaimVolumes(IClusterObjects objects, NodeAgentOptions options, Func<Node?> node)
{
    private const string Folder = "kubernetes.io~persistent-volume";

    /// <summary>The claim that a pod's volume stands for; null when it is of another kind.</summary>
    public static string? ClaimOf(Pod pod, Volume volume) => volume.VolumeSource switch
    {
        { PersistentVolumeClaim: { } source } => source.ClaimName,
        { Ephemeral: not null } => $"{pod.Metadata.Name}-{volume.Name}",
        _ => null,
    };

    /// <summary>Where the volume is, or null when it is not set up.</summary>
    public string? PathOf(Pod pod, Volume volume) => new FileInfo(LinkOf(pod, volume)).LinkTarget;

    /// <exception cref="VolumeException">It cannot be, now.</exception>
    public async Task SetUpAsync(Pod pod, Volume volume, string claimName, CancellationToken cancel)
    {
        if (PathOf(pod, volume) is not null)
        {
            return;
        }

        var behind = await FindAsync(pod, volume, claimName, cancel);
        var name = behind.Metadata.Name;
        if (node() is { } self && behind.Spec.NodeAffinity?.Required is { } required
            && !NodeSelectors.Matches(required.NodeSelectorTerms, self))
        {
            throw new VolumeException(name, "no matching NodeSelectorTerms", "MountVolume.NodeAffinity check");
        }

        var path = SetUpSource(behind);
        if (behind.Spec.AccessModes.Contains(PersistentVolumeAccessMode.ReadWriteOncePod)
            && IsUsedByAnother(pod, path))
        {
            throw new VolumeException(
                name, "volume uses the ReadWriteOncePod access mode and is already in use by another pod");
        }

        if (behind.Spec.PersistentVolumeSource.Local is not null
            && pod.Spec.SecurityContext is { FSGroup: { } group } security
            && volume.VolumeSource.PersistentVolumeClaim?.ReadOnly != true
            && !(security.FSGroupChangePolicy == PodFSGroupChangePolicy.OnRootMismatch
                && Ownership.IsOf(path, group)))
        {
            Ownership.Apply(path, group, isReadOnly: false);
        }

        var link = LinkOf(pod, volume);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, path);
    }

    private string LinkOf(Pod pod, Volume volume) =>
        $"{options.PodDirectory(pod.Metadata.Uid)}/volumes/{Folder}/{volume.Name}";

    /// <summary>A link of another pod of this node leads there.</summary>
    private bool IsUsedByAnother(Pod pod, string path)
    {
        var all = new DirectoryInfo($"{options.DataDirectory}/pods");
        return all.Exists && all.EnumerateDirectories()
            .Where(folder => folder.Name != pod.Metadata.Uid)
            .Select(folder => new DirectoryInfo($"{folder.FullName}/volumes/{Folder}"))
            .Where(folder => folder.Exists)
            .SelectMany(folder => folder.EnumerateFileSystemInfos())
            .Any(link => link.LinkTarget == path);
    }

    private string SetUpSource(PersistentVolume volume)
    {
        var source = volume.Spec.PersistentVolumeSource;
        if (source.HostPath is { } hostPath)
        {
            HostPaths.Check(hostPath);
            return hostPath.Path;
        }

        if (source.Local is not { } local)
        {
            throw new VolumeException(volume.Metadata.Name, "no volume plugin matched");
        }

        if (LocalPathVolumes.IsOne(volume) && LocalPathVolumes.NodeOf(volume) == options.NodeName)
        {
            LocalPathFolders.Make(local.Path);
        }

        if (!Path.Exists(local.Path))
        {
            throw new VolumeException(volume.Metadata.Name, $"path \"{local.Path}\" does not exist",
                "MountVolume.NewMounter initialization");
        }

        return local.Path;
    }

    private async Task<PersistentVolume> FindAsync(
        Pod pod, Volume volume, string claimName, CancellationToken cancel)
    {
        var key = $"{pod.Metadata.Namespace}/{claimName}";
        try
        {
            var claim = await FindClaimAsync(pod, volume, claimName, cancel);
            var name = claim.Spec.VolumeName;
            var behind = await objects.PersistentVolumeAsync(name, cancel)
                ?? throw new ConfigException(
                    $"failed to fetch PV {name} from API server: persistentvolumes \"{name}\" not found");
            if (behind.Spec.ClaimRef is not { } reference)
            {
                throw new ConfigException(
                    $"found PV object {name} with nil pv.Spec.ClaimRef indicating it is not yet bound to the claim");
            }

            if (reference.Uid != claim.Metadata.Uid)
            {
                throw new ConfigException(
                    $"found PV object {name} bound to a different claim UID {reference.Uid}, "
                    + $"expected {claim.Metadata.Uid}");
            }

            CheckMode(pod, volume, behind);
            return behind;
        }
        catch (Exception error) when (error is ConfigException or ApiException or HttpRequestException)
        {
            throw VolumeException.NotProcessed(volume.Name, $"error processing PVC {key}: {error.Message}");
        }
    }

    private async Task<PersistentVolumeClaim> FindClaimAsync(
        Pod pod, Volume volume, string name, CancellationToken cancel)
    {
        var claim = await objects.ClaimAsync(pod.Metadata.Namespace, name, cancel)
            ?? throw new ConfigException(
                $"failed to fetch PVC from API server: persistentvolumeclaims \"{name}\" not found");
        if (volume.VolumeSource.Ephemeral is not null
            && !claim.Metadata.OwnerReferences.Any(owner => owner.Controller == true && owner.Uid == pod.Metadata.Uid))
        {
            var (ns, own) = (pod.Metadata.Namespace, pod.Metadata.Name);
            throw new ConfigException($"PVC {ns}/{name} was not created for pod {ns}/{own} (pod is not owner)");
        }

        return claim.Metadata.DeletionTimestamp is not null ? throw new ConfigException("PVC is being deleted")
            : claim.Status.Phase != PersistentVolumeClaimPhase.Bound ? throw new ConfigException("PVC is not bound")
            : claim.Spec.VolumeName.Length == 0 ? throw new ConfigException("PVC has empty pvc.Spec.VolumeName")
            : claim;
    }

    private static void CheckMode(Pod pod, Volume volume, PersistentVolume behind)
    {
        var isBlock = behind.Spec.VolumeMode == PersistentVolumeMode.Block;
        var containers = PodContainers.AllOf(pod.Spec).Select(container => container.Spec).ToList();
        if (isBlock && containers.Exists(item => item.VolumeMounts.Any(mount => mount.Name == volume.Name)))
        {
            throw new ConfigException(
                $"volume {volume.Name} has volumeMode Block, but is specified in volumeMounts");
        }

        if (!isBlock && containers.Exists(item => item.VolumeDevices.Any(device => device.Name == volume.Name)))
        {
            throw new ConfigException(
                $"volume {volume.Name} has volumeMode Filesystem, but is specified in volumeDevices");
        }

        if (isBlock)
        {
            throw new ConfigException("no volume plugin matched");
        }
    }
}
