using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Disks that two pods of one machine may only share to read. Source: volume_restrictions.go, isVolumeConflict.
/// </summary>
internal static class DiskConflicts
{
    public static bool MayHave(VolumeSource source) => source is
        { GCEPersistentDisk: not null } or { AWSElasticBlockStore: not null } or { RBD: not null }
        or { ISCSI: not null };

    public static bool Between(VolumeSource source, Pod other)
    {
        foreach (var volume in other.Spec.Volumes)
        {
            if (Between(source, volume.VolumeSource))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Between(VolumeSource one, VolumeSource other) =>
        (one.GCEPersistentDisk is { } disk && other.GCEPersistentDisk is { } disk2
            && disk.PDName == disk2.PDName && !(disk.ReadOnly && disk2.ReadOnly))
        || (one.AWSElasticBlockStore is { } block && other.AWSElasticBlockStore is { } block2
            && block.VolumeID == block2.VolumeID)
        || (one.ISCSI is { } target && other.ISCSI is { } target2
            && target.IQN == target2.IQN && !(target.ReadOnly && target2.ReadOnly))
        || (one.RBD is { } image && other.RBD is { } image2
            && image.CephMonitors.Any(monitor => image2.CephMonitors.Contains(monitor))
            && image.RBDPool == image2.RBDPool && image.RBDImage == image2.RBDImage
            && !(image.ReadOnly && image2.ReadOnly));
}
