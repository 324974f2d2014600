using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Makes and deletes the volumes of class <c>local-path</c> as objects; their folders are the nodes' part. A volume's
/// finalizer holds the object until the node deleted the folder, or is gone itself.
/// Source: sig-storage-lib-external-provisioner, controller/controller.go (provisionClaimOperation,
/// deleteVolumeOperation).
/// </summary>
internal sealed class LocalPathProvisioner : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<PersistentVolumeClaim> _claims;
    private readonly ObjectCache<PersistentVolume> _volumes;
    private readonly ObjectCache<StorageClass> _classes;
    private readonly ObjectCache<Node> _nodes;
    private readonly ObjectIndex<PersistentVolume> _ofNode;
    private readonly EventRecorder _events;
    private readonly KeyedController<VolumeKey> _keyed;

    public LocalPathProvisioner(ControllerContext context)
    {
        _context = context;
        _events = context.Events(LocalPathVolumes.Provisioner);
        _keyed = new KeyedController<VolumeKey>(context, Name, ReconcileAsync);
        var (claims, volumes) =
            (context.Informers.Get<PersistentVolumeClaim>(), context.Informers.Get<PersistentVolume>());
        var nodes = context.Informers.Get<Node>();
        (_claims, _volumes, _nodes) = (claims.Cache, volumes.Cache, nodes.Cache);
        var classes = context.Informers.Get<StorageClass>();
        _classes = classes.Cache;
        _ofNode = _volumes.AddIndex(
            static volume => LocalPathVolumes.IsOne(volume) ? [LocalPathVolumes.NodeOf(volume)] : []);
        claims.AddHandler(change => _keyed.Queue.Add(new VolumeKey(change.Key)));
        volumes.AddHandler(change => _keyed.Queue.Add(new VolumeKey(change.Key)));
        classes.AddHandler(change =>
        {
            foreach (var claim in _claims.List().Where(claim => VolumeFacts.ClassOf(claim) == change.Key.Name))
            {
                _keyed.Queue.Add(VolumeKey.Of(claim));
            }
        });
        nodes.AddHandler(change =>
        {
            if (change.New is null)
            {
                foreach (var volume in _ofNode.Get(change.Key.Name))
                {
                    _keyed.Queue.Add(new VolumeKey(ObjectKey.Of(volume)));
                }
            }
        });
    }

    public string Name => "local-path-provisioner";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(VolumeKey key, CancellationToken cancel)
    {
        if (key.IsClaim)
        {
            return _claims.TryGet(key.Key, out var claim)
                ? await ProvisionAsync(claim, cancel)
                : ReconcileResult.Done;
        }

        if (_volumes.TryGet(key.Key, out var volume) && LocalPathVolumes.IsOne(volume))
        {
            await ReclaimAsync(volume, cancel);
        }

        return ReconcileResult.Done;
    }

    private async Task<ReconcileResult> ProvisionAsync(PersistentVolumeClaim claim, CancellationToken cancel)
    {
        var annotations = claim.Metadata.Annotations;
        if (claim.Spec.VolumeName.Length > 0 || claim.Metadata.DeletionTimestamp is not null
            || annotations.Get(VolumeFacts.StorageProvisioner) != LocalPathVolumes.Provisioner
            || _classes.Get("", VolumeFacts.ClassOf(claim)) is not { Provisioner: LocalPathVolumes.Provisioner } of)
        {
            return ReconcileResult.Done;
        }

        var selected = annotations.Get(VolumeFacts.SelectedNode);
        if (selected is null && of.VolumeBindingMode == VolumeBindingMode.WaitForFirstConsumer)
        {
            return ReconcileResult.Done;
        }

        if (_volumes.Get("", LocalPathPlan.NameFor(claim)) is not null)
        {
            return ReconcileResult.Done;
        }

        var node = selected is null ? null : await FindNodeAsync(selected, cancel);
        if (selected is not null && node is null)
        {
            Failed(claim, of, $"failed to get target node: nodes \"{selected}\" not found");
            await LetScheduleAgainAsync(claim, cancel);
            return ReconcileResult.Done;
        }

        if (LocalPathPlan.WhyNot(claim, of, node) is { Length: > 0 } reason)
        {
            Failed(claim, of, reason);
            return ReconcileResult.Done;
        }

        await CreateAsync(claim, of, node!, cancel);
        return ReconcileResult.Done;
    }

    private async Task CreateAsync(
        PersistentVolumeClaim claim, StorageClass of, Node node, CancellationToken cancel)
    {
        _events.Normal(claim, "Provisioning",
            $"External provisioner is provisioning volume for claim \"{ObjectKey.Of(claim)}\"");
        try
        {
            await _context.Client.CreateAsync(LocalPathPlan.VolumeFor(claim, of, node), cancel);
        }
        catch (ApiException failure) when (failure.IsAlreadyExists)
        {
            // By an earlier try; the cache will show it.
        }

        _events.Normal(claim, "ProvisioningSucceeded",
            $"Successfully provisioned volume {LocalPathPlan.NameFor(claim)}");
    }

    /// <summary>The cache may not have a node that just came.</summary>
    private async Task<Node?> FindNodeAsync(string name, CancellationToken cancel)
    {
        if (_nodes.Get("", name) is { } cached)
        {
            return cached;
        }

        try
        {
            return await _context.Client.GetAsync<Node>("", name, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return null;
        }
    }

    private void Failed(PersistentVolumeClaim claim, StorageClass of, string reason) => _events.Warning(
        claim, "ProvisioningFailed", $"failed to provision volume with StorageClass \"{of.Metadata.Name}\": {reason}");

    private Task LetScheduleAgainAsync(PersistentVolumeClaim claim, CancellationToken cancel) =>
        _context.Client.UpdateAsync(
            claim with
            {
                Metadata = claim.Metadata with
                {
                    Annotations = claim.Metadata.Annotations.Remove(VolumeFacts.SelectedNode),
                },
            }, cancel);

    private async Task ReclaimAsync(PersistentVolume volume, CancellationToken cancel)
    {
        var isDelete = volume.Spec.PersistentVolumeReclaimPolicy == PersistentVolumeReclaimPolicy.Delete;
        if (volume.Metadata.DeletionTimestamp is null)
        {
            if (isDelete && volume.Status.Phase == PersistentVolumePhase.Released)
            {
                await DeleteAsync(volume, cancel);
            }

            return;
        }

        if (!volume.Metadata.Finalizers.Contains(LocalPathVolumes.Finalizer))
        {
            return;
        }

        // What is retained stays on its node; what was on a node that is gone is gone with it.
        var node = LocalPathVolumes.NodeOf(volume);
        if (!isDelete
            || (LocalPathVolumes.IsDataToGo(volume) && await FindNodeAsync(node, cancel) is null))
        {
            await _context.Client.UpdateAsync(
                volume with
                {
                    Metadata = volume.Metadata with
                    {
                        Finalizers = volume.Metadata.Finalizers
                            .Where(static name => name != LocalPathVolumes.Finalizer).ToValueList(),
                    },
                }, cancel);
        }
    }

    /// <summary>This very state of it: somebody may bind it anew meanwhile.</summary>
    private async Task DeleteAsync(PersistentVolume volume, CancellationToken cancel)
    {
        try
        {
            var preconditions = new Api.Meta.Preconditions
            {
                Uid = volume.Metadata.Uid, ResourceVersion = volume.Metadata.ResourceVersion,
            };
            await _context.Client.DeleteAsync<PersistentVolume>(
                "", volume.Metadata.Name, new DeleteOptions { Preconditions = preconditions }, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // Gone already.
        }
    }
}
