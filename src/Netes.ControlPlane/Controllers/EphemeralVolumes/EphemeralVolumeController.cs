using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Makes the claims of pods' ephemeral volumes; the pods own them, so that they go with them.
/// Source: pkg/controller/volume/ephemeral/controller.go.
/// </summary>
internal sealed class EphemeralVolumeController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<Pod> _pods;
    private readonly ObjectCache<PersistentVolumeClaim> _claims;
    private readonly ObjectIndex<Pod> _podsOfClaim;
    private readonly EventRecorder _events;
    private readonly KeyedController<ObjectKey> _keyed;

    public EphemeralVolumeController(ControllerContext context)
    {
        _context = context;
        _events = context.Events("ephemeral_volume");
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
        var (pods, claims) = (context.Informers.Get<Pod>(), context.Informers.Get<PersistentVolumeClaim>());
        (_pods, _claims) = (pods.Cache, claims.Cache);
        _podsOfClaim = pods.Cache.AddIndex(static pod => HasAny(pod) ? PodClaims.Values(pod) : []);
        pods.AddHandler(change =>
        {
            if (change.New is { } pod && HasAny(pod))
            {
                _keyed.Queue.Add(change.Key);
            }
        });
        claims.AddHandler(change =>
        {
            // A claim that somebody deleted is made anew; one in the way may be gone.
            if (change.New is null)
            {
                foreach (var pod in _podsOfClaim.Get(change.Key.ToString()))
                {
                    _keyed.Queue.Add(ObjectKey.Of(pod));
                }
            }
        });
    }

    public string Name => "ephemeral-volume-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private static bool HasAny(Pod pod) => pod.Spec.Volumes.Any(volume => volume.VolumeSource.Ephemeral is not null);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_pods.TryGet(key, out var pod) || pod.Metadata.DeletionTimestamp is not null || PodFacts.IsTerminal(pod))
        {
            return ReconcileResult.Done;
        }

        foreach (var volume in (IEnumerable<Volume>)pod.Spec.Volumes)
        {
            if (volume.VolumeSource.Ephemeral?.VolumeClaimTemplate is not { } template)
            {
                continue;
            }

            var name = PodClaims.NameOf(pod, volume)!;
            if (_claims.Get(key.Namespace, name) is not { } claim)
            {
                await CreateAsync(pod, name, volume.Name, template, cancel);
            }
            else if (PodClaims.NotOwned(pod, claim) is { Length: > 0 } why)
            {
                Tell(pod, volume.Name, why);
            }
        }

        return ReconcileResult.Done;
    }

    private async Task CreateAsync(
        Pod pod, string name, string volume, PersistentVolumeClaimTemplate template, CancellationToken cancel)
    {
        var claim = new PersistentVolumeClaim
        {
            Metadata = new()
            {
                Namespace = pod.Metadata.Namespace,
                Name = name,
                Labels = template.Metadata.Labels,
                Annotations = template.Metadata.Annotations,
                OwnerReferences = [ObjectReferences.Controller(pod)],
            },
            Spec = template.Spec,
        };
        try
        {
            await _context.Client.CreateAsync(claim, cancel);
        }
        catch (ApiException failure) when (!failure.IsAlreadyExists)
        {
            Tell(pod, volume, failure.Message);
            throw;
        }
        catch (ApiException failure) when (failure.IsAlreadyExists)
        {
            // By an earlier try, or by somebody else: the cache will show whose it is, and bring the pod again.
            if (PodClaims.NotOwned(
                pod, await _context.Client.GetAsync<PersistentVolumeClaim>(pod.Metadata.Namespace, name, cancel))
                is { Length: > 0 } why)
            {
                Tell(pod, volume, why);
            }
        }
    }

    private void Tell(Pod pod, string volume, string why) =>
        _events.Warning(pod, "FailedBinding", $"ephemeral volume {volume}: {why}");
}
