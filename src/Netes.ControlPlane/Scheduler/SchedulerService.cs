using Microsoft.Extensions.Logging;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Puts pods on nodes: one loop decides, bindings go on beside it. One service runs once.
/// Source: pkg/scheduler/{scheduler,schedule_one,eventhandlers}.go.
/// </summary>
public sealed partial class SchedulerService
{
    private readonly InformerSet _informers;
    private readonly SchedulerCache _cache = new();
    private readonly SchedulingQueue _queue;
    private readonly Snapshot _snapshot = new();
    private readonly Nominator _nominator = new();
    private readonly Dictionary<string, ProfileRunner> _profiles = new(StringComparer.Ordinal);
    private readonly SchedulerMetrics? _metrics;
    private readonly TimeProvider _time;
    private readonly SchedulerExtenders? _extenders;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <exception cref="InvalidOperationException">A profile cannot be run, in Kubernetes' words; or an extender.
    /// </exception>
    public SchedulerService(
        SchedulerOptions options, KubernetesClient client, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        _logger = loggers.CreateLogger("Netes.ControlPlane.Scheduler");
        _informers = new InformerSet(client, time, random, loggers);
        var shared = new SchedulerShared(
            client, _informers, _cache, _snapshot, _nominator,
            new(() => new DeviceWorld(_informers)), () => _queue!, time,
            options.Metrics is { } registry
                ? new SchedulerMetrics(registry, () => _queue!, _cache, new Random(random.Next()))
                : null)
        {
            Extenders = SchedulerExtenders.Create(options.Extenders, _logger),
        };
        (_metrics, _time, _extenders) = (shared.Metrics, time, shared.Extenders);
        foreach (var profile in options.Profiles)
        {
            _profiles.Add(profile.Name, new ProfileRunner(options, profile, shared, random, _logger));
        }

        _queue = new SchedulingQueue(
            pod => _profiles[pod.Spec.SchedulerName].Framework, (options.InitialBackoff, options.MaxBackoff), time)
        {
            Metrics = _metrics?.Queue,
        };
        _informers.Get<Node>().AddHandler(NodeChanged);
        _informers.Get<Pod>().AddHandler(PodChanged);
        var wanted = _profiles.Values.Aggregate(
            ClusterEvents.None, static (events, profile) => events | profile.Framework.WakingEvents);
        new ClusterEventSources(_informers, wanted, Happened).Register();
    }

    /// <summary>Ends when the caches are synced and the loop runs.</summary>
    public Task WaitForStartAsync(CancellationToken cancel) => _started.Task.WaitAsync(cancel);

    public async Task RunAsync(CancellationToken cancel)
    {
        var informing = _informers.RunAsync(cancel);
        var recording = Task.WhenAll(_profiles.Values.Select(profile => profile.Events.RunAsync(cancel)));
        try
        {
            await _informers.WaitForSyncAsync(cancel);
            _started.TrySetResult();
            while (!cancel.IsCancellationRequested)
            {
                await ScheduleOneAsync(await _queue.PopAsync(cancel), cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            LogStopped(_logger);
        }

        _queue.Dispose();
        await Task.WhenAll(_profiles.Values.Select(profile => profile.Binder.FinishAsync()));
        _extenders?.Dispose();
        await Task.WhenAll(informing, recording);
    }

    private async Task ScheduleOneAsync(QueuedPod queued, CancellationToken cancel)
    {
        var pod = queued.Info;
        var profile = _profiles[pod.Pod.Spec.SchedulerName];
        if (pod.Pod.Metadata.DeletionTimestamp is not null)
        {
            profile.Events.Warning(pod.Pod, "FailedScheduling",
                $"skip schedule deleting pod: {pod.Key.Namespace}/{pod.Key.Name}");
            _queue.Done(queued);
            return;
        }

        if (_cache.IsAssumed(pod.Key))
        {
            _queue.Done(queued);
            return;
        }

        try
        {
            _cache.Update(_snapshot);
            var state = profile.Framework.NewCycle();
            var result = profile.Algorithm.Schedule(state, pod, _snapshot);
            _metrics?.Decided(_time.GetElapsedTime(queued.TriedAt.Now));
            if (result.Node is { } node)
            {
                await profile.Binder.StartAsync(queued, state, node, cancel);
            }
            else
            {
                _nominator.Set(pod, result.PostFilter?.NominatedNode ?? pod.Pod.Status.NominatedNodeName);
                await profile.Binder.FailAsync(queued, result, cancel);
            }
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            LogFailed(_logger, failure, pod.Key.Namespace, pod.Key.Name);
            await profile.Binder.BreakAsync(queued, failure.Message, cancel);
        }
    }

    private void Happened(ClusterChange change) => Happened(change, _time.GetTimestamp());

    /// <summary>Wakes the pods that the change may help; the scheduler takes note of it since it began.</summary>
    private void Happened(ClusterChange change, long began)
    {
        _queue.Happened(change);
        if (_metrics is not null)
        {
            var took = _time.GetElapsedTime(began);
            foreach (var what in QueueEvents.Each(change.Events))
            {
                _metrics.Handled(what, took);
            }
        }
    }

    private void NodeChanged(Change<Node> change)
    {
        var began = _time.GetTimestamp();
        if (change.New is not { } node)
        {
            _cache.RemoveNode(change.Key.Name);
            Happened(new ClusterChange(ClusterEvents.NodeRemoved) { OldNode = change.Old }, began);
            return;
        }

        _cache.SetNode(node);
        var events = ClusterChange.Between(change.Old, node);
        if (events != ClusterEvents.None)
        {
            Happened(new ClusterChange(events) { Node = node, OldNode = change.Old }, began);
        }
    }

    private void PodChanged(Change<Pod> change)
    {
        PlacedPodChanged(change.Key, change.Old, change.New);
        WaitingPodChanged(change.Key, change.Old, change.New);
    }

    private void PlacedPodChanged(ObjectKey key, Pod? old, Pod? next)
    {
        var began = _time.GetTimestamp();
        var wasPlaced = old is not null && IsPlaced(old);
        var isPlaced = next is not null && IsPlaced(next);
        if (isPlaced)
        {
            _cache.SetPod(next!);
            if (!wasPlaced)
            {
                Happened(new ClusterChange(ClusterEvents.AssignedPodAdded) { Pod = next }, began);
            }
            else
            {
                AssignedPodChanged(old!, next!, began);
            }
        }
        else if (wasPlaced)
        {
            _cache.RemovePod(key);
            Happened(new ClusterChange(ClusterEvents.AssignedPodRemoved) { Pod = old }, began);
        }
    }

    private void WaitingPodChanged(ObjectKey key, Pod? old, Pod? next)
    {
        var began = _time.GetTimestamp();
        var wasMine = old is not null && IsMine(old);
        if (next is not null && IsMine(next))
        {
            if (next.Status.NominatedNodeName != old?.Status.NominatedNodeName)
            {
                // Else the scheduler's own nomination stands, which the API may not show yet.
                _nominator.Set(new PodInfo(next), next.Status.NominatedNodeName);
            }

            _queue.Set(old, next);
            _metrics?.Handled(
                wasMine ? QueueEvent.PodUpdated : QueueEvent.PodAdded, _time.GetElapsedTime(began));
        }
        else if (wasMine)
        {
            _nominator.Remove(key);
            _queue.Remove(key);
            if (next is null)
            {
                // A pod that waits for permission to be bound is gone.
                _profiles[old!.Spec.SchedulerName].WaitingPods.Reject(old.Metadata.Uid);
            }

            _metrics?.Handled(QueueEvent.PodRemoved, _time.GetElapsedTime(began));
        }
    }

    private void AssignedPodChanged(Pod old, Pod next, long began)
    {
        var events = ClusterChange.Between(old, next, isAssigned: true);
        if (events != ClusterEvents.None)
        {
            Happened(new ClusterChange(events) { Pod = next, OldPod = old }, began);
        }

        _metrics?.Handled(QueueEvent.AssignedPodUpdated, _time.GetElapsedTime(began));
    }

    /// <summary>It takes up room on a node.</summary>
    private static bool IsPlaced(Pod pod) => pod.Spec.NodeName.Length > 0 && !PodFacts.IsTerminal(pod);

    private bool IsMine(Pod pod) =>
        pod.Spec.NodeName.Length == 0 && !PodFacts.IsTerminal(pod) && _profiles.ContainsKey(pod.Spec.SchedulerName);

    [LoggerMessage(Level = LogLevel.Debug, Message = "scheduler stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "scheduling Pod {Namespace} {Name} failed")]
    private static partial void LogFailed(ILogger logger, Exception failure, string @namespace, string name);
}
