using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using Netes.Nodes.Probes;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Pods;

/// <summary>
/// The loop of one pod. Whatever happens (the API's object, the runtime, a probe, the clock) only wakes it; each turn
/// <list type="number">
/// <item>reads what the runtime has,</item>
/// <item>tells the API how the pod is,</item>
/// <item>and, when nothing is under way, decides what to do and starts doing it.</item>
/// </list>
/// What takes long (a pull, a graceful stop) runs beside the loop, which goes on telling; at most one batch runs.
/// Source: pkg/kubelet/pod_workers.go, pkg/kubelet/kubelet.go (SyncPod).
/// </summary>
internal sealed partial class PodWorker : IProbeListener
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan VolumeRefresh = TimeSpan.FromSeconds(60);

    private readonly PodWorkerServices services;
    private readonly ILogger logger;
    private readonly PodStatusWriter writer;
    private readonly PodProbes probes;
    private readonly PodActions actions;
    private readonly PodEnd end;
    private readonly DateTimeOffset startTime;
    private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Lock gate = new();
    private Pod pod;
    private bool removed;
    private bool configChanged;
    private PodMemory memory = PodMemory.Empty;
    private ImmutableHashSet<string> exits = [];

    private PodStatus? lastStatus;
    private Task? work;
    private CancellationTokenSource? workCancel;
    private DateTimeOffset? lookAgainAt;
    private DateTimeOffset volumesRefreshedAt;
    private TimeSpan exitWait = TimeSpan.FromMilliseconds(10);

    public PodWorker(Pod pod, PodWorkerServices services)
    {
        this.pod = pod;
        this.services = services;
        Uid = pod.Metadata.Uid;
        logger = services.Loggers.CreateLogger<PodWorker>();
        startTime = pod.Status.StartTime?.ToDateTimeOffset() ?? services.Time.GetUtcNow();
        writer = new(services.Client, services.Pods, Uid, services.Metrics, services.Time, logger);
        seenAt = services.Time.GetTimestamp();
        probes = new(services.Prober, services.Time, this);
        actions = new(services, Change);
        end = new(services);
    }

    public string Uid { get; }

    /// <summary>The object as last seen, for the agent's own server.</summary>
    public Pod Pod
    {
        get
        {
            lock (gate)
            {
                return pod;
            }
        }
    }

    /// <summary>It was rejected, or nothing of it runs any more: what it asked for is free.</summary>
    public bool HasEnded => end.IsRejected || end.IsDone || Pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed;

    /// <summary>The node does not take the pod. Said before the loop runs.</summary>
    public void Reject(PodRejection rejection)
    {
        end.Reject(rejection);
        services.Events.Warning(pod, rejection.Reason, rejection.Message);
    }

    public void Update(Pod next)
    {
        lock (gate)
        {
            pod = next;
            isUpdated = true;
        }

        Wake();
    }

    /// <summary>The API has no such pod any more.</summary>
    public void Remove()
    {
        lock (gate)
        {
            removed = true;
        }

        Wake();
    }

    /// <summary>The runtime said that something happened to a container.</summary>
    public void Tell(RuntimeEvent item)
    {
        if (item.Kind == RuntimeEventKind.Exited)
        {
            lock (gate)
            {
                exits = exits.Add(item.ContainerId);
            }
        }

        Wake();
    }

    /// <summary>A config map or secret that it uses changed: what failed for it is tried at once.</summary>
    public void ConfigChanged()
    {
        lock (gate)
        {
            configChanged = true;
        }

        Change(memory => memory with
        {
            RetryAt = null,
            Containers = memory.Containers.ToImmutableDictionary(
                pair => pair.Key,
                pair => pair.Value.Waiting?.Reason == "CreateContainerConfigError"
                    ? pair.Value with { RetryAt = null } : pair.Value),
        });
        Wake();
    }

    /// <summary>A driver of devices can be asked that could not be asked before.</summary>
    public void DriverArrived()
    {
        end.RetryNow();
        Change(memory => memory.AwaitsDevices ? memory with { RetryAt = null, AwaitsDevices = false } : memory);
        Wake();
    }

    public void Wake() => wakes.Writer.TryWrite(true);

    /// <summary>
    /// Runs until the pod is gone from API and machine, or until cancelled: then its containers run on.
    /// </summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var writing = writer.RunAsync(stop.Token);
        try
        {
            var retry = FirstRetry;
            lookAgainAt = services.Time.GetUtcNow();
            while (true)
            {
                try
                {
                    await WaitAsync(cancel);
                    if (await TurnAsync(cancel))
                    {
                        return;
                    }

                    retry = FirstRetry;
                }
                catch (Exception error) when (!cancel.IsCancellationRequested)
                {
                    // One pod's failure is its own; the runtime may be restarting.
                    LogFailed(error, pod.Metadata.Namespace, pod.Metadata.Name);
                    lookAgainAt = services.Time.GetUtcNow() + retry;
                    retry = retry * 2 > LastRetry ? LastRetry : retry * 2;
                }
            }
        }
        finally
        {
            stop.Cancel();
            await probes.StopAsync();
            services.Metrics.Probes.Forget(Pod);
            await CancelWorkAsync();
            await writing;
        }
    }

    private void Change(Func<PodMemory, PodMemory> change)
    {
        lock (gate)
        {
            var next = change(memory);
            if (ReferenceEquals(next, memory) || next == memory)
            {
                return;
            }

            memory = next;
        }

        Wake();
    }

    private async Task WaitAsync(CancellationToken cancel)
    {
        if (lookAgainAt is not { } at)
        {
            await wakes.Reader.ReadAsync(cancel);
            return;
        }

        var wait = at - services.Time.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            wakes.Reader.TryRead(out _);
            return;
        }

        using var limit = new CancellationTokenSource(Durations.Cut(wait), services.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await wakes.Reader.ReadAsync(linked.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return; // time is up
        }
    }

    /// <summary>One turn; true when the pod is gone for good.</summary>
    private async Task<bool> StepAsync(CancellationToken cancel)
    {
        lookAgainAt = null;
        var told = Exits();
        var runtime = state = await services.Reader.ReadAsync(Uid, cancel);
        AwaitExits(told, runtime);
        var (current, gone) = Observe();
        var ending = gone || current.Metadata.DeletionTimestamp is not null || end.IsDecided;
        turn = TurnOf(ending);
        var seen = runtime.AsTold(Memory());
        probes.Sync(current, seen, Change, ending, cancel);
        var phase = Publish(current, seen);
        if (work is { IsCompleted: true })
        {
            await CollectWorkAsync();
        }

        if (ending)
        {
            return await EndAsync(current, gone, runtime, cancel);
        }

        if (work is null)
        {
            Decide(current, runtime, phase, cancel);
        }

        return false;
    }

    private (Pod Pod, bool Removed) Observe()
    {
        lock (gate)
        {
            var current = lastStatus is null ? pod : pod with { Status = PodStatuses.Merge(pod.Status, lastStatus) };
            return (current, removed);
        }
    }

    private ImmutableHashSet<string> Exits()
    {
        lock (gate)
        {
            return exits;
        }
    }

    /// <summary>
    /// CRI's view follows an exit event by some milliseconds: look again until it agrees. A container that ends at once
    /// may not even be listed as running yet, so only what was told before the runtime was read can be settled by it.
    /// </summary>
    private void AwaitExits(ImmutableHashSet<string> told, PodRuntimeState runtime)
    {
        lock (gate)
        {
            var alive = runtime.Containers.Where(item => item.State != RuntimeContainerState.Exited)
                .Select(item => item.Id);
            exits = exits.Except(told.Except(alive));
            if (exits.IsEmpty)
            {
                exitWait = TimeSpan.FromMilliseconds(10);
                return;
            }
        }

        LookAgain(services.Time.GetUtcNow() + exitWait);
        exitWait = exitWait * 2 > LastRetry ? LastRetry : exitWait * 2;
    }

    private void LookAgain(DateTimeOffset? at)
    {
        if (at is not null && (lookAgainAt is null || at < lookAgainAt))
        {
            lookAgainAt = at;
        }
    }

    /// <summary>Tells the API how the pod is; answers its phase as the runtime's state has it.</summary>
    private string Publish(Pod current, PodRuntimeState runtime)
    {
        var devices = services.Devices.HealthOf(current);
        LookAgain(devices.Until);
        var status = PodStatuses.Build(new()
        {
            DeviceHealth = devices.Containers,
            Pod = current,
            Runtime = runtime,
            Memory = Memory(),
            Now = services.Time.GetUtcNow(),
            StartTime = startTime,
            HostAddresses = [.. services.Options.NodeAddresses.Select(address => address.ToString())],
            Ended = end.IsDone,
            EndReason = end.Reason,
            EndMessage = end.Message,
            Rejected = end.IsRejected,
        });
        var phase = status.Phase;
        MeasureStart(current, phase, runtime);
        status = PodStatuses.Held(current.Status, status, end.IsDone || end.IsRejected);
        if (status != lastStatus)
        {
            lastStatus = status;
            writer.Set(ObjectKey.Of(current), status);
        }

        return phase;
    }

    private PodMemory Memory()
    {
        lock (gate)
        {
            return memory;
        }
    }

    private void Decide(Pod current, PodRuntimeState runtime, string phase, CancellationToken cancel)
    {
        var now = services.Time.GetUtcNow();
        var decision = PodPlan.Decide(new()
        {
            Pod = current, Runtime = runtime, Memory = Memory(), Phase = phase, Now = now,
            StartTime = startTime,
        });
        foreach (var (container, waiting) in decision.HeldBack)
        {
            if (Memory().Of(container.Name).Waiting != waiting)
            {
                Change(memory => memory.With(container.Name, item => item with { Waiting = waiting }));
                services.Events.Warning(current, container, "BackOff",
                    $"Back-off restarting failed container {container.Name} in pod {PodText.Of(current)}");
            }
        }

        LookAgain(decision.LookAgainAt);
        if (decision.Actions is [PodAction.Terminate terminate, ..])
        {
            end.Decide(terminate.Reason, terminate.Message);
            if (terminate.Reason.Length > 0)
            {
                services.Events.Normal(current, terminate.Reason, terminate.Message);
            }

            LookAgain(now);
        }
        else if (!decision.Actions.IsEmpty)
        {
            Start(token => actions.RunAsync(decision.Actions, current, runtime, Memory(), token), cancel);
        }
        else if (!current.Spec.Volumes.IsEmpty && runtime.HasRunning)
        {
            RefreshVolumes(current, runtime, now, cancel);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "turn of Pod {Namespace} {Name} failed, trying again")]
    private partial void LogFailed(Exception error, string @namespace, string name);
}
