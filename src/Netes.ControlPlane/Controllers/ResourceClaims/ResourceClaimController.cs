using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Makes the claims of devices that pods want from templates, and frees those whose pods are over.
/// Source: pkg/controller/resourceclaim/controller.go.
/// </summary>
internal sealed class ResourceClaimController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<Pod> _pods;
    private readonly ObjectCache<ResourceClaim> _claims;
    private readonly ObjectCache<ResourceClaimTemplate> _templates;
    private readonly ObjectIndex<Pod> _podsOfClaim;
    private readonly ObjectIndex<ResourceClaim> _claimsOfPod;
    private readonly OwnWrites<ResourceClaim> _made;
    private readonly RecentSet _gone = new(500);
    private readonly ResourceClaimMetrics _metrics;
    private readonly EventRecorder _events;
    private readonly KeyedController<Work> _keyed;

    public ResourceClaimController(ControllerContext context)
    {
        _context = context;
        _events = context.Events("resource_claim");
        _keyed = new KeyedController<Work>(context, Name, ReconcileAsync, queue: new("resource_claim"));
        var (pods, claims) = (context.Informers.Get<Pod>(), context.Informers.Get<ResourceClaim>());
        (_pods, _claims) = (pods.Cache, claims.Cache);
        _templates = context.Informers.Get<ResourceClaimTemplate>().Cache;
        _podsOfClaim = pods.Cache.AddIndex(PodResourceClaims.Values);
        _claimsOfPod = claims.Cache.AddIndex(static claim =>
            Enqueueing.OwnerKey<Pod>(claim) is { } owner ? [owner.ToString()] : []);
        _made = new OwnWrites<ResourceClaim>(claims, static claim => Enqueueing.OwnerKey<Pod>(claim));
        _metrics = new ResourceClaimMetrics(context.Options.Metrics, _claims);
        pods.AddHandler(change => PodChanged(change.Latest, change.New is null));
        claims.AddHandler(change =>
        {
            if (change.New is not null)
            {
                _keyed.Queue.Add(new Work(change.Key, IsPod: false));
            }

            foreach (var pod in _podsOfClaim.Get(change.Key.ToString()))
            {
                PodChanged(pod, isGone: false);
            }
        });
    }

    public string Name => "resourceclaim-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private void PodChanged(Pod pod, bool isGone)
    {
        if (!PodResourceClaims.HasAny(pod))
        {
            return;
        }

        if (isGone)
        {
            _gone.Add(pod.Metadata.Uid);
        }

        if (isGone || PodResourceClaims.IsDone(pod))
        {
            foreach (var claim in PodResourceClaims.Of(pod))
            {
                _keyed.Queue.Add(new Work(claim, IsPod: false));
            }
        }

        if (!isGone && ResourceClaimPlan.NeedsWork(pod, _claims.Get))
        {
            _keyed.Queue.Add(new Work(ObjectKey.Of(pod), IsPod: true));
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(Work work, CancellationToken cancel)
    {
        if (!work.IsPod)
        {
            if (_claims.TryGet(work.Key, out var claim))
            {
                await ReconcileClaimAsync(claim, cancel);
            }
        }
        else if (_pods.TryGet(work.Key, out var pod) && pod.Metadata.DeletionTimestamp is null)
        {
            await ReconcilePodAsync(pod, cancel);
        }

        return ReconcileResult.Done;
    }

    private async Task ReconcilePodAsync(Pod pod, CancellationToken cancel)
    {
        var statuses = pod.Status.ResourceClaimStatuses;
        foreach (var wanted in (IEnumerable<PodResourceClaim>)pod.Spec.ResourceClaims)
        {
            try
            {
                if (await EnsureClaimAsync(pod, wanted, cancel) is { } name)
                {
                    var status = new PodResourceClaimStatus { Name = wanted.Name, ResourceClaimName = name };
                    statuses = statuses.Where(other => other.Name != wanted.Name).ToValueList().Add(status);
                }
            }
            catch (ApiException failure)
            {
                _events.Warning(
                    pod, "FailedResourceClaimCreation", $"PodResourceClaim {wanted.Name}: {failure.Message}");
                throw;
            }
        }

        if (statuses != pod.Status.ResourceClaimStatuses)
        {
            pod = await _context.Client.UpdateStatusAsync(
                pod with { Status = pod.Status with { ResourceClaimStatuses = statuses } }, cancel);
        }

        foreach (var key in PodResourceClaims.Of(pod))
        {
            if (_claims.Get(key) is { } claim && ResourceClaimPlan.NeedsReservation(pod, claim))
            {
                var reserved = claim.Status.ReservedFor.Add(PodResourceClaims.Consumer(pod));
                await _context.Client.UpdateStatusAsync(
                    claim with { Status = claim.Status with { ReservedFor = reserved } }, cancel);
            }
        }
    }

    /// <returns>The name of the claim when the pod's status does not tell it yet; else null.</returns>
    private async Task<string?> EnsureClaimAsync(Pod pod, PodResourceClaim wanted, CancellationToken cancel)
    {
        var key = ObjectKey.Of(pod);
        if (wanted.ResourceClaimTemplateName is not { } templateName)
        {
            return null;
        }

        if (PodResourceClaims.NameOf(pod, wanted, out _) is { } known
            && (known.Length == 0
                || (_claims.Get(key.Namespace, known) is { } there && PodResourceClaims.NotOwned(pod, there) is "")))
        {
            return null;
        }

        if (ResourceClaimPlan.Made(pod, wanted.Name, _made.Apply(key, _claimsOfPod.Get(key.ToString()))) is { } made)
        {
            return made.Metadata.Name;
        }

        if (_templates.Get(key.Namespace, templateName) is not { } template)
        {
            throw new ApiException(
                ApiErrors.NotFound("resource.k8s.io", "resourceclaimtemplate", templateName).Status with
                {
                    Message = $"resource claim template \"{templateName}\": "
                        + $"resourceclaimtemplate.resource.k8s.io \"{templateName}\" not found",
                });
        }

        return (await CreateAsync(key, ResourceClaimPlan.FromTemplate(pod, wanted.Name, template), cancel))
            .Metadata.Name;
    }

    private async Task<ResourceClaim> CreateAsync(ObjectKey pod, ResourceClaim claim, CancellationToken cancel)
    {
        var isCreated = false;
        try
        {
            var created = await _context.Client.CreateAsync(claim, cancel);
            _made.Stored(pod, created);
            isCreated = true;
            return created;
        }
        catch (ApiException failure)
        {
            throw new ApiException(failure.Status with { Message = $"create ResourceClaim : {failure.Message}" });
        }
        finally
        {
            _metrics.Created(isCreated, ResourceClaimMetrics.IsAdmin(claim));
        }
    }

    private async Task ReconcileClaimAsync(ResourceClaim claim, CancellationToken cancel)
    {
        List<ResourceClaimConsumerReference> valid = [];
        foreach (var consumer in (IEnumerable<ResourceClaimConsumerReference>)claim.Status.ReservedFor)
        {
            if (await IsNeededAsync(claim.Metadata.Namespace, consumer, cancel))
            {
                valid.Add(consumer);
            }
        }

        var isLess = valid.Count < claim.Status.ReservedFor.Count;
        var isToGo = claim.Metadata.DeletionTimestamp is not null && valid.Count == 0;
        if (isLess || (isToGo && ResourceClaimPlan.WithoutFinalizer(claim) is not null))
        {
            claim = await FreeAsync(claim, valid.ToValueList(), isLess, cancel);
        }

        if (valid.Count == 0 && claim.Metadata.DeletionTimestamp is null && IsOfDonePod(claim))
        {
            await DeleteAsync(claim, cancel);
        }
    }

    /// <summary>An update, not a patch: what changed meanwhile is to be heard of first.</summary>
    private async Task<ResourceClaim> FreeAsync(
        ResourceClaim claim, ValueList<ResourceClaimConsumerReference> valid, bool isLess, CancellationToken cancel)
    {
        var free = ResourceClaimPlan.Release(claim, valid);
        if (isLess || free.Status != claim.Status)
        {
            free = await _context.Client.UpdateStatusAsync(free, cancel);
        }

        return free.Status.Allocation is null && ResourceClaimPlan.WithoutFinalizer(free) is { } bare
            ? await _context.Client.UpdateAsync(bare, cancel)
            : free;
    }

    /// <summary>
    /// A pod that is not in the cache may not have been heard of yet; the scheduler may be at work on it.
    /// </summary>
    private async Task<bool> IsNeededAsync(
        string ns, ResourceClaimConsumerReference consumer, CancellationToken cancel)
    {
        if (consumer.ApiGroup.Length > 0 || consumer.Resource != "pods")
        {
            throw new InvalidOperationException(
                $"unsupported ReservedFor entry: {consumer.ApiGroup}/{consumer.Resource} {consumer.Name}");
        }

        if (_gone.Contains(consumer.Uid))
        {
            return false;
        }

        if (_pods.Get(ns, consumer.Name) is { } pod && pod.Metadata.Uid == consumer.Uid)
        {
            return !PodResourceClaims.IsDone(pod);
        }

        try
        {
            var latest = await _context.Client.GetAsync<Pod>(ns, consumer.Name, cancel);
            return latest.Metadata.Uid == consumer.Uid && !PodResourceClaims.IsDone(latest);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>
    /// It was made for a pod that will not run. One that is not known may come yet; if not, the garbage collector has
    /// its claim.
    /// </summary>
    private bool IsOfDonePod(ResourceClaim claim) =>
        Enqueueing.OwnerKey<Pod>(claim) is { } owner && _pods.Get(owner) is { } pod
        && (pod.Metadata.Uid != ObjectReferences.ControllerOf(claim.Metadata)!.Uid || PodResourceClaims.IsDone(pod));

    private async Task DeleteAsync(ResourceClaim claim, CancellationToken cancel)
    {
        try
        {
            await _context.Client.DeleteAsync<ResourceClaim>(
                claim.Metadata.Namespace, claim.Metadata.Name,
                new() { Preconditions = new() { Uid = claim.Metadata.Uid } }, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // Gone already.
        }
    }

    private readonly record struct Work(ObjectKey Key, bool IsPod);
}
