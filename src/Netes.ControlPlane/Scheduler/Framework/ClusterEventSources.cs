using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Tells of changes of what is neither node nor pod, of those kinds only that a plugin wants to hear of.
/// Source: pkg/scheduler/eventhandlers.go, addAllEventHandlers.
/// </summary>
internal sealed class ClusterEventSources(InformerSet informers, ClusterEvents wanted, Action<ClusterChange> happened)
{
    public void Register()
    {
        Watch<PersistentVolumeClaim>(ClusterEvents.ClaimAdded, ClusterEvents.ClaimChanged, ClusterEvents.ClaimRemoved);
        Watch<PersistentVolume>(ClusterEvents.VolumeAdded, ClusterEvents.VolumeChanged, ClusterEvents.None);
        Watch<StorageClass>(
            ClusterEvents.StorageClassAdded, ClusterEvents.StorageClassChanged, ClusterEvents.None);
        Watch<CSINode>(ClusterEvents.CsiNodeAdded, ClusterEvents.CsiNodeChanged, ClusterEvents.None);
        Watch<CSIDriver>(
            ClusterEvents.CsiDriverAdded, ClusterEvents.CsiDriverChanged, ClusterEvents.CsiDriverRemoved);
        Watch<CSIStorageCapacity>(ClusterEvents.CapacityAdded, ClusterEvents.CapacityChanged, ClusterEvents.None);
        Watch<VolumeAttachment>(ClusterEvents.None, ClusterEvents.None, ClusterEvents.AttachmentRemoved);
        Watch<ResourceClaim>(
            ClusterEvents.ResourceClaimAdded, ClusterEvents.ResourceClaimChanged, ClusterEvents.ResourceClaimRemoved);
        Watch<ResourceSlice>(
            ClusterEvents.ResourceSliceAdded, ClusterEvents.ResourceSliceChanged, ClusterEvents.None);
        Watch<Namespace>(ClusterEvents.NamespaceAdded, ClusterEvents.NamespaceLabelsChanged, ClusterEvents.None);
        Watch<DeviceClass>(ClusterEvents.DeviceClassAdded, ClusterEvents.DeviceClassChanged, ClusterEvents.None);
    }

    private void Watch<T>(ClusterEvents added, ClusterEvents changed, ClusterEvents removed)
        where T : class, IResource<T>
    {
        if ((wanted & (added | changed | removed)) == 0)
        {
            return;
        }

        informers.Get<T>().AddHandler(change =>
        {
            var what = change.Old is null ? added : change.New is null ? removed : changed;
            if ((wanted & what) != 0)
            {
                happened(new ClusterChange(what) { Object = change.New, OldObject = change.Old });
            }
        });
    }
}
