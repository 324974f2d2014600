using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Empties namespaces that are deleted, pods first, and lets them go when nothing is left.
/// Source: pkg/controller/namespace/deletion/namespaced_resources_deleter.go, KEP-5080.
/// </summary>
internal sealed class NamespaceController : IController
{
    // Content ends by its own controllers and finalizers; what takes longer is looked for less often.
    private static readonly TimeSpan FirstCheck = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastCheck = TimeSpan.FromSeconds(10);

    private static readonly ResourceDefinition[] Content = [.. Resources.All.Where(resource =>
        resource.Namespaced && resource.Stored && resource.Allows("delete") && resource.Allows("list"))];

    private readonly ControllerContext _context;
    private readonly ObjectCache<Namespace> _namespaces;
    private readonly ObjectCache<Pod> _pods;
    private readonly KeyedController<ObjectKey> _keyed;

    public NamespaceController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(
            context, Name, ReconcileAsync, queue: QueueSettings.Waiting("namespace", 0.005, 60));
        var namespaces = context.Informers.Get<Namespace>();
        _namespaces = namespaces.Cache;
        namespaces.Enqueue(_keyed.Queue);
        var pods = context.Informers.Get<Pod>();
        _pods = pods.Cache;
        pods.AddHandler(change =>
        {
            var key = new ObjectKey("", change.Key.Namespace);
            if (change.New is null && _namespaces.Get(key)?.Metadata.DeletionTimestamp is not null)
            {
                _keyed.Queue.Add(key);
            }
        });
    }

    public string Name => "namespace-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_namespaces.TryGet(key, out var space) || space.Metadata.DeletionTimestamp is null
            || !space.Spec.Finalizers.Contains(FinalizerName.Kubernetes))
        {
            return ReconcileResult.Done;
        }

        var failures = new List<string>();
        var remaining = await EmptyAsync(space, failures, cancel);
        var conditions = NamespaceConditions.Update(space.Status.Conditions, remaining, failures, _context.Now);
        space = await StoreAsync(space, conditions, cancel);
        if (remaining.Count > 0 || failures.Count > 0)
        {
            var age = _context.Now - (space.Metadata.DeletionTimestamp ?? default(Timestamp)).ToDateTimeOffset();
            return ReconcileResult.Again(TimeSpan.FromTicks(Math.Clamp(
                (age / 4).Ticks, FirstCheck.Ticks, LastCheck.Ticks)));
        }

        var finalizers = space.Spec.Finalizers.Where(name => name != FinalizerName.Kubernetes).ToValueList();
        try
        {
            await _context.Client.UpdateAsync(
                space with { Spec = space.Spec with { Finalizers = finalizers } }, "finalize", cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // Somebody else let it go.
            return ReconcileResult.Done;
        }

        return ReconcileResult.Done;
    }

    private async Task<Namespace> StoreAsync(
        Namespace space, ValueList<NamespaceCondition> conditions, CancellationToken cancel)
    {
        var status = space.Status with { Phase = NamespacePhase.Terminating, Conditions = conditions };
        return status == space.Status
            ? space
            : await _context.Client.UpdateStatusAsync(space with { Status = status }, cancel);
    }

    /// <summary>Deletes all content; what is left of it. While pods are left, nothing they may need goes.</summary>
    private async Task<List<RemainingContent>> EmptyAsync(
        Namespace space, List<string> failures, CancellationToken cancel)
    {
        var ns = space.Metadata.Name;
        var pods = await EmptyAsync(ns, Pod.Resource, MayPodsEnd(space), failures, cancel);
        if (pods is not null || failures.Count > 0)
        {
            return pods is null ? [] : [pods];
        }

        var remaining = new List<RemainingContent>();
        foreach (var resource in Content)
        {
            if (resource != Pod.Resource && await EmptyAsync(ns, resource, false, failures, cancel) is { } rest)
            {
                remaining.Add(rest);
            }
        }

        return remaining;
    }

    /// <summary>Pods are within the time that they have to end, counted from the namespace's deletion.</summary>
    private bool MayPodsEnd(Namespace space)
    {
        var grace = _pods.List(space.Metadata.Name).Where(static pod => !PodFacts.IsTerminal(pod))
            .Select(static pod => pod.Spec.TerminationGracePeriodSeconds ?? 0)
            .DefaultIfEmpty().Max();
        return _context.Now < (space.Metadata.DeletionTimestamp ?? default(Timestamp)).ToDateTimeOffset()
            .AddSeconds(grace);
    }

    /// <param name="ns">The namespace.</param>
    /// <param name="resource">What is deleted.</param>
    /// <param name="mayLast">It may be there for a while though nothing holds it.</param>
    /// <param name="failures">What went wrong, in words; added to.</param>
    /// <param name="cancel">Ends the work.</param>
    private async Task<RemainingContent?> EmptyAsync(
        string ns, ResourceDefinition resource, bool mayLast, List<string> failures, CancellationToken cancel)
    {
        try
        {
            var items = await ListAsync(ns, resource, cancel);
            if (items.Count > 0 && items.Any(item => item.Metadata.DeletionTimestamp is null))
            {
                var options = new DeleteOptions { PropagationPolicy = DeletionPropagation.Background };
                await _context.Client.DeleteCollectionAsync(resource, ns, null, options, cancel);
                items = await ListAsync(ns, resource, cancel);
            }

            var finalizers = items.SelectMany(item => item.Metadata.Finalizers)
                .CountBy(name => name, StringComparer.Ordinal)
                .ToDictionary(StringComparer.Ordinal);
            if (items.Count > 0 && finalizers.Count == 0 && !mayLast)
            {
                failures.Add($"unexpected items still remain in namespace: {ns} for gvr: "
                    + $"{resource.Group}/{resource.Version}, Resource={resource.Plural}");
            }

            return items.Count == 0 ? null : new RemainingContent(resource, items.Count, finalizers);
        }
        catch (ApiException failure) when (failure.IsNotFound || failure.Reason == StatusReason.MethodNotAllowed)
        {
            // Not served: there can be none.
            return null;
        }
        catch (ApiException failure)
        {
            failures.Add(failure.Message);
            return null;
        }
    }

    private async Task<ValueList<PartialObjectMetadata>> ListAsync(
        string ns, ResourceDefinition resource, CancellationToken cancel) =>
        (await _context.Client.ListAsync<PartialObjectMetadata>(resource, ns, null, cancel)).Items;
}
