using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>What the binder reads.</summary>
internal sealed class VolumeCaches
{
    private readonly ObjectCache<StorageClass> _classes;
    private readonly ObjectIndex<Pod> _podsOfClaim;
    private readonly ObjectIndex<PersistentVolumeClaim> _pendingOfClass;
    private readonly ObjectIndex<PersistentVolume> _volumesOfClaim;

    public VolumeCaches(ControllerContext context)
    {
        Volumes = context.Informers.Get<PersistentVolume>().Cache;
        _volumesOfClaim = Volumes.AddIndex(
            static volume => volume.Spec.ClaimRef is { } claim ? [$"{claim.Namespace}/{claim.Name}"] : []);
        Claims = context.Informers.Get<PersistentVolumeClaim>().Cache;
        _classes = context.Informers.Get<StorageClass>().Cache;
        _podsOfClaim = context.Informers.Get<Pod>().Cache.AddIndex(PodClaims.Values);
        _pendingOfClass = Claims.AddIndex(
            static claim => VolumeFacts.IsBindCompleted(claim) ? [] : [VolumeFacts.ClassOf(claim)]);
    }

    public ObjectCache<PersistentVolume> Volumes { get; }

    public ObjectCache<PersistentVolumeClaim> Claims { get; }

    public StorageClass? Class(string name) => _classes.Get("", name);

    public IReadOnlyList<StorageClass> Classes() => _classes.List();

    public IReadOnlyList<Pod> PodsOf(ObjectKey claim) => _podsOfClaim.Get(claim.ToString());

    /// <summary>The volumes that name the claim, whether it knows of them or not.</summary>
    public IReadOnlyList<PersistentVolume> VolumesOf(ObjectKey claim) => _volumesOfClaim.Get(claim.ToString());

    /// <summary>The claims that are not bound yet and want the class; empty: none, or none named.</summary>
    public IReadOnlyList<PersistentVolumeClaim> Pending(string storageClass) => _pendingOfClass.Get(storageClass);
}
