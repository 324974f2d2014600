using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// A claim that a pod uses is not gone before the pod is. Source:
/// pkg/controller/volume/pvcprotection/pvc_protection_controller.go.
/// </summary>
internal sealed class ClaimProtectionController : IController
{
    public const string Finalizer = "kubernetes.io/pvc-protection";

    private readonly ControllerContext _context;
    private readonly ObjectCache<PersistentVolumeClaim> _claims;
    private readonly ObjectIndex<Pod> _podsOfClaim;
    private readonly KeyedController<ObjectKey> _keyed;

    public ClaimProtectionController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync, queue: new("pvcprotection"));
        var (claims, pods) = (context.Informers.Get<PersistentVolumeClaim>(), context.Informers.Get<Pod>());
        _claims = claims.Cache;
        _podsOfClaim = pods.Cache.AddIndex(PodClaims.Values);
        claims.Enqueue(_keyed.Queue);
        pods.AddHandler(PodChanged);
    }

    public string Name => "persistentvolumeclaim-protection-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private void PodChanged(Change<Pod> change)
    {
        if (change.New is { } pod && !IsOver(pod) && change.Old?.Metadata.Uid == pod.Metadata.Uid)
        {
            return;
        }

        // A pod that came anew under the name of another: the old one's claims are free.
        foreach (var key in PodClaims.Of(change.Old ?? change.Latest).Concat(PodClaims.Of(change.Latest)).Distinct())
        {
            if (_claims.Get(key) is { Metadata.DeletionTimestamp: not null })
            {
                _keyed.Queue.Add(key);
            }
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_claims.TryGet(key, out var claim))
        {
            return ReconcileResult.Done;
        }

        var isUsed = claim.Metadata.DeletionTimestamp is not null
            && (_podsOfClaim.Get(key.ToString()).Any(pod => Uses(pod, claim)) || await IsUsedAsync(claim, cancel));
        if (ProtectionFinalizers.Wanted(claim.Metadata, Finalizer, isUsed) is { } metadata)
        {
            await _context.Client.UpdateAsync(claim with { Metadata = metadata }, cancel);
        }

        return ReconcileResult.Done;
    }

    /// <summary>The cache may not show the newest pods, and this decision is for good.</summary>
    private async Task<bool> IsUsedAsync(PersistentVolumeClaim claim, CancellationToken cancel) =>
        claim.Metadata.Finalizers.Contains(Finalizer)
        && (await _context.Client.ListAsync<Pod>(claim.Metadata.Namespace, null, cancel)).Items
            .Any(pod => Uses(pod, claim));

    /// <summary>
    /// A pod without a node does not count: no node will start it with a claim that is being deleted. One that is over
    /// keeps what it names, not what it owns: each would wait for the other to go.
    /// </summary>
    private static bool Uses(Pod pod, PersistentVolumeClaim claim) =>
        pod.Spec.NodeName.Length > 0
        && pod.Spec.Volumes.Any(volume => PodClaims.NameOf(pod, volume) == claim.Metadata.Name
            && (volume.VolumeSource.Ephemeral is null
                || (!IsOver(pod) && PodClaims.NotOwned(pod, claim).Length == 0)));

    /// <summary>Its node has ended it and nothing of it is left but the object.</summary>
    private static bool IsOver(Pod pod) =>
        pod.Metadata is { DeletionTimestamp: not null, DeletionGracePeriodSeconds: 0 };
}
