using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Brings a deployment's pods to its template by way of replica sets.
/// Source: pkg/controller/deployment/deployment_controller.go.
/// </summary>
internal sealed class DeploymentController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<Deployment> _deployments;
    private readonly ObjectCache<ReplicaSet> _sets;
    private readonly ObjectIndex<ReplicaSet> _setsByOwner;
    private readonly ObjectIndex<Pod> _podsByOwner;
    private readonly OwnWrites<ReplicaSet> _writes;
    private readonly EventRecorder _events;
    private readonly KeyedController<ObjectKey> _keyed;

    public DeploymentController(ControllerContext context)
    {
        _context = context;
        _events = context.Events(Name);
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
        var deployments = context.Informers.Get<Deployment>();
        var sets = context.Informers.Get<ReplicaSet>();
        var pods = context.Informers.Get<Pod>();
        _deployments = deployments.Cache;
        _sets = sets.Cache;
        _setsByOwner = sets.Cache.AddIndex(Ownership.IndexValues);
        _podsByOwner = pods.Cache.AddIndex(Ownership.IndexValues);
        _writes = new OwnWrites<ReplicaSet>(sets, Enqueueing.OwnerKey<Deployment>);
        deployments.Enqueue(_keyed.Queue);
        sets.EnqueueController<ReplicaSet, Deployment>(_keyed.Queue);
        sets.AddHandler(OrphanSeen);
        pods.AddHandler(PodChanged);
    }

    public string Name => "deployment-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private void OrphanSeen(Change<ReplicaSet> change)
    {
        if (change.New is not { } set || ObjectReferences.ControllerOf(set.Metadata) is not null)
        {
            return;
        }

        foreach (var deployment in _deployments.List(change.Key.Namespace))
        {
            if (Selectors.Matches(deployment.Spec.Selector, set.Metadata.Labels))
            {
                _keyed.Queue.Add(ObjectKey.Of(deployment));
            }
        }
    }

    /// <summary>A deployment of type Recreate waits for the last of its old pods.</summary>
    private void PodChanged(Change<Pod> change)
    {
        if ((change.New is null || PodFacts.IsTerminal(change.New))
            && Enqueueing.OwnerKey<ReplicaSet>(change.Latest) is { } setKey
            && _sets.TryGet(setKey, out var set)
            && Enqueueing.OwnerKey<Deployment>(set) is { } key
            && _deployments.TryGet(key, out var deployment)
            && deployment.Spec.Strategy.Type == DeploymentStrategyType.Recreate)
        {
            _keyed.Queue.Add(key);
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_deployments.TryGet(key, out var deployment))
        {
            return ReconcileResult.Done;
        }

        if (Selectors.IsEmpty(deployment.Spec.Selector))
        {
            _events.Warning(deployment, "SelectingAll",
                "This deployment is selecting all pods. A non-empty selector is required.");
            return await ObserveOnlyAsync(deployment, cancel);
        }

        var candidates = _writes.Apply(key, _setsByOwner.Get(deployment.Metadata.Uid))
            .Concat(_setsByOwner.Get(Ownership.OrphansOf(key.Namespace)));
        var claim = Ownership.Plan(deployment.Metadata, deployment.Spec.Selector, candidates);
        var sets = await Ownership.ClaimAsync(_context.Client, deployment, claim, cancel);
        var rollout = new Rollout(_context, _events, deployment, sets, OldPodsRun, _writes);
        var status = await RunAsync(rollout, key, cancel);
        return DeploymentStatusPlan.NextCheck(rollout.Deployment, status, _context.Now) is { } wait
            ? ReconcileResult.Again(wait)
            : ReconcileResult.Done;
    }

    private async Task<DeploymentStatus> RunAsync(Rollout rollout, ObjectKey key, CancellationToken cancel)
    {
        try
        {
            return await rollout.RunAsync(cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            _writes.Forget(key);
            throw;
        }
    }

    private async Task<ReconcileResult> ObserveOnlyAsync(Deployment deployment, CancellationToken cancel)
    {
        if (deployment.Status.ObservedGeneration < deployment.Metadata.Generation)
        {
            var status = deployment.Status with { ObservedGeneration = deployment.Metadata.Generation };
            await _context.Client.UpdateStatusAsync(deployment with { Status = status }, cancel);
        }

        return ReconcileResult.Done;
    }

    private bool OldPodsRun(ReplicaSet old) =>
        _podsByOwner.Get(old.Metadata.Uid).Any(pod => !PodFacts.IsTerminal(pod));
}
