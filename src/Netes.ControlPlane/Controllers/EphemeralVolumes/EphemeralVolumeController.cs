using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Api.Telemetry;
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
    private readonly Counter? _creates;
    private readonly Counter? _failures;
    private readonly KeyedController<ObjectKey> _keyed;

    public EphemeralVolumeController(ControllerContext context)
    {
        _context = context;
        _events = context.Events("ephemeral_volume");
        _creates = context.Options.Metrics?.Counter(
            "ephemeral_volume_controller_create_total", "[ALPHA] Claims that were to be made.").With(default);
        _failures = context.Options.Metrics?.Counter(
            "ephemeral_volume_controller_create_failures_total",
            "[ALPHA] Claims that could not be made.").With(default);
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync, queue: new("ephemeral_volume"));
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
        if (!_pods.TryGet(key, out var pod) || pod.Metadata.DeletionTimestamp is not null)
        {
            return ReconcileResult.Done;
        }

        foreach (var volume in (IEnumerable<Volume>)pod.Spec.Volumes)
        {
            if (volume.VolumeSource.Ephemeral?.VolumeClaimTemplate is not { } template)
            {
                continue;
            }

            try
            {
                var name = PodClaims.NameOf(pod, volume)!;
                var claim = _claims.Get(key.Namespace, name) ?? await CreateAsync(pod, name, template, cancel);
                if (PodClaims.NotOwned(pod, claim) is { Length: > 0 } why)
                {
                    throw Failure(StatusReason.Conflict, why);
                }
            }
            catch (ApiException failure)
            {
                // It is tried again, as what is in the way may go; the volumes after it wait.
                _events.Warning(pod, "FailedBinding", $"ephemeral volume {volume.Name}: {failure.Message}");
                throw;
            }
        }

        return ReconcileResult.Done;
    }

    private async Task<PersistentVolumeClaim> CreateAsync(
        Pod pod, string name, PersistentVolumeClaimTemplate template, CancellationToken cancel)
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
        _creates?.Add();
        try
        {
            return await _context.Client.CreateAsync(claim, cancel);
        }
        catch (ApiException failure) when (failure.IsAlreadyExists)
        {
            // By an earlier try, or by somebody else: the cache will show it, but whose it is counts now.
            _failures?.Add();
            return await _context.Client.GetAsync<PersistentVolumeClaim>(pod.Metadata.Namespace, name, cancel);
        }
        catch (ApiException failure)
        {
            _failures?.Add();
            throw Failure(failure.Reason, $"create PVC {name}: {failure.Message}");
        }
    }

    private static ApiException Failure(string reason, string message) =>
        new(new Status { Reason = reason, Message = message });
}
