using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Policy;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Says of each disruption budget how many of its pods may go, and takes back announcements of an end that did not
/// come. Source: pkg/controller/disruption/disruption.go.
/// </summary>
internal sealed class DisruptionController : IController
{
    private readonly ControllerContext _context;
    private readonly ObjectCache<PodDisruptionBudget> _budgets;
    private readonly ObjectCache<Pod> _pods;
    private readonly PodScales _scales;
    private readonly EventRecorder _events;
    private readonly KeyedController<ObjectKey> _keyed;
    private readonly KeyedController<ObjectKey> _stale;

    public DisruptionController(ControllerContext context)
    {
        _context = context;
        _events = context.Events("controllermanager");
        _scales = new PodScales(context);
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync);
        _stale = new KeyedController<ObjectKey>(context, Name, ClearStaleAsync, workers: 1,
            queue: new QueueSettings("stale_pod_disruption"));
        var budgets = context.Informers.Get<PodDisruptionBudget>();
        var pods = context.Informers.Get<Pod>();
        (_budgets, _pods) = (budgets.Cache, pods.Cache);
        budgets.Enqueue(_keyed.Queue);
        pods.AddHandler(PodChanged);
    }

    public string Name => "disruption-controller";

    public Task RunAsync(CancellationToken cancel) =>
        Task.WhenAll(_keyed.RunAsync(cancel), _stale.RunAsync(cancel));

    private void PodChanged(Change<Pod> change)
    {
        var budgets = _budgets.List(change.Key.Namespace);
        var matching = budgets.Where(budget => Matches(budget, change.New) || Matches(budget, change.Old)).ToList();
        foreach (var budget in matching)
        {
            _keyed.Queue.Add(ObjectKey.Of(budget));
        }

        if (change.New is { } pod)
        {
            if (matching.Count > 1 && matching.Count(budget => Matches(budget, pod)) > 1)
            {
                _events.Warning(pod, "MultiplePodDisruptionBudgets",
                    $"Pod \"{pod.Metadata.Namespace}\"/\"{pod.Metadata.Name}\" matches multiple PodDisruptionBudgets.  "
                    + $"Chose \"{matching[0].Metadata.Name}\" arbitrarily.");
            }

            if (DisruptionPlan.UntilStale(pod, _context.Now) is { } wait)
            {
                _stale.Queue.AddAfter(change.Key, wait);
            }
        }
    }

    private static bool Matches(PodDisruptionBudget budget, Pod? pod) =>
        pod is not null && Selectors.Matches(budget.Spec.Selector, pod.Metadata.Labels);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_budgets.TryGet(key, out var budget))
        {
            return ReconcileResult.Done;
        }

        try
        {
            return await SyncAsync(budget, cancel);
        }
        catch (ScaleException failure)
        {
            // What was allowed when more was known must not be allowed on and on.
            _events.Warning(budget, "CalculateExpectedPodCountFailed",
                $"Failed to calculate the number of expected pods: {failure.Message}");
            await WriteAsync(budget, DisruptionPlan.Unknown(budget, failure.Message, _context.Now), cancel);
            if (failure.InnerException is not null)
            {
                throw;
            }

            return ReconcileResult.Done;
        }
    }

    private async Task<ReconcileResult> SyncAsync(PodDisruptionBudget budget, CancellationToken cancel)
    {
        var pods = _pods.List(budget.Metadata.Namespace).Where(pod => Matches(budget, pod)).ToList();
        if (pods.Count == 0)
        {
            _events.Normal(budget, "NoPods", "No matching pods found");
        }

        var (scale, hasUnmanaged) = DisruptionPlan.NeedsScale(budget.Spec)
            ? await ScaleAsync(pods, cancel)
            : (0, false);
        if (hasUnmanaged)
        {
            _events.Warning(budget, "UnmanagedPods", "Pods selected by this PodDisruptionBudget (selector: "
                + $"{DisruptionPlan.Show(budget.Spec.Selector)}) were found to be unmanaged. As a result, the status of "
                + "the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these "
                + "pods please set \".spec.minAvailable\" field of the PDB to an integer value.");
        }

        var now = _context.Now;
        var disrupted = DisruptionPlan.StillToGo(budget, pods, now);
        foreach (var kept in disrupted.Kept)
        {
            _events.Warning(kept, "NotDeleted",
                $"Pod was expected by PDB {ObjectKey.Of(budget)} to be deleted but it wasn't");
        }

        var healthy = DisruptionPlan.Healthy(pods, disrupted.Waiting, now);
        var counts = DisruptionPlan.Counts(budget.Spec, pods.Count, scale);
        await WriteAsync(
            budget, DisruptionPlan.Status(budget, counts, healthy, disrupted.Waiting, now), cancel);
        return disrupted.Recheck is { } due
            ? ReconcileResult.Again(due - now + TimeSpan.FromMilliseconds(1))
            : ReconcileResult.Done;
    }

    /// <exception cref="ScaleException">With a cause: the API did not say.</exception>
    private async Task<(int Scale, bool HasUnmanaged)> ScaleAsync(IReadOnlyList<Pod> pods, CancellationToken cancel)
    {
        try
        {
            return await _scales.SumAsync(pods, cancel);
        }
        catch (Exception failure) when (failure is ApiException or HttpRequestException)
        {
            throw new ScaleException(failure.Message, failure);
        }
    }

    private async Task WriteAsync(
        PodDisruptionBudget budget, PodDisruptionBudgetStatus status, CancellationToken cancel)
    {
        if (status == budget.Status)
        {
            return;
        }

        try
        {
            await _context.Client.UpdateStatusAsync(budget with { Status = status }, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // Deleted in the meantime: its status interests nobody.
        }
    }

    /// <summary>A pod that was to be evicted and lives on is no target any more.</summary>
    private async Task<ReconcileResult> ClearStaleAsync(ObjectKey key, CancellationToken cancel)
    {
        if (_pods.Get(key) is not { } pod || DisruptionPlan.UntilStale(pod, _context.Now) is not { } wait)
        {
            return ReconcileResult.Done;
        }

        if (wait > TimeSpan.Zero)
        {
            return ReconcileResult.Again(wait);
        }

        var conditions = PodFacts.WithCondition(pod.Status.Conditions, new PodCondition
        {
            Type = PodConditionType.DisruptionTarget,
            Status = ConditionStatus.False,
            ObservedGeneration = pod.Metadata.Generation,
            LastTransitionTime = Timestamp.From(_context.Now),
        });
        await _context.Client.UpdateStatusAsync(
            pod with { Status = pod.Status with { Conditions = conditions } }, cancel);
        return ReconcileResult.Done;
    }
}
