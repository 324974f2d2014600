using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Pods;

/// <summary>The loops of all pods of the node: begun with a pod, ended when nothing of it is left.</summary>
internal sealed partial class PodWorkers(PodWorkerServices services)
{
    private readonly ConcurrentDictionary<string, PodWorker> workers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> loops = new(StringComparer.Ordinal);
    private readonly ILogger logger = services.Loggers.CreateLogger<PodWorkers>();
    private readonly Lock gate = new();
    private ImmutableArray<Pod> early = [];
    private CancellationToken running;
    private bool started;

    /// <summary>The pods that the node has, as last seen.</summary>
    public IEnumerable<Pod> Pods => workers.Values.Select(worker => worker.Pod);

    /// <summary>The loops of now, for who counts them.</summary>
    public IEnumerable<PodWorker> Running => workers.Values;

    public Pod? Find(string podNamespace, string name) => Pods.FirstOrDefault(pod =>
        pod.Metadata.Namespace == podNamespace && pod.Metadata.Name == name);

    /// <summary>The API's view of a pod changed.</summary>
    public void Change(Change<Pod> change)
    {
        // A pod that was deleted and made anew under its name is two pods.
        if (change.Old is { } old && old.Metadata.Uid != change.New?.Metadata.Uid
            && workers.TryGetValue(old.Metadata.Uid, out var ended))
        {
            ended.Update(old);
            ended.Remove();
        }

        if (change.New is not { } pod)
        {
            return;
        }

        services.Metrics.Startups.Seen(pod);
        if (workers.TryGetValue(pod.Metadata.Uid, out var worker))
        {
            if (worker.Pod.Spec != pod.Spec)
            {
                services.Objects.Hold(pod);
            }

            worker.Update(pod);
        }
        else
        {
            Begin(pod);
        }
    }

    /// <summary>A config map or secret that the pod uses changed.</summary>
    public void ConfigChanged(string podUid)
    {
        if (workers.TryGetValue(podUid, out var worker))
        {
            worker.ConfigChanged();
        }
    }

    /// <summary>A driver of devices can be asked that could not be asked before.</summary>
    public void DriverArrived()
    {
        foreach (var worker in workers.Values)
        {
            worker.DriverArrived();
        }
    }

    /// <summary>Something about the pod may be another than its status says.</summary>
    public void Wake(string podUid)
    {
        if (workers.TryGetValue(podUid, out var worker))
        {
            worker.Wake();
        }
    }

    /// <summary>Something happened in the runtime.</summary>
    public async Task TellAsync(RuntimeEvent item, CancellationToken cancel)
    {
        if (item.Kind is RuntimeEventKind.Connected or RuntimeEventKind.Disconnected)
        {
            foreach (var worker in workers.Values)
            {
                worker.Wake();
            }

            return;
        }

        var uid = services.Reader.PodOf(item.ContainerId) ?? await AskAsync(item.ContainerId, cancel);
        if (uid is not null && workers.TryGetValue(uid, out var found))
        {
            found.Tell(item);
        }
    }

    /// <summary>Runs the loops; pods that only the runtime knows are ended once the API's are known.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> waitForPods, CancellationToken cancel)
    {
        try
        {
            await waitForPods(cancel);
            lock (gate)
            {
                running = cancel;
                started = true;
            }

            // Whoever came first has the first claim on what the node offers.
            foreach (var pod in early.OrderBy(pod => pod.Metadata.CreationTimestamp?.ToDateTimeOffset()))
            {
                Begin(pod);
            }

            await AdoptOrphansAsync(cancel);
            await Task.Delay(Timeout.InfiniteTimeSpan, services.Time, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Task.WhenAll(loops.Values);
        }
    }

    private void Begin(Pod pod, bool removed = false)
    {
        PodWorker worker;
        PodRejection? rejection;
        lock (gate)
        {
            if (!started)
            {
                early = [.. early.Where(item => item.Metadata.Uid != pod.Metadata.Uid), pod];
                return;
            }

            worker = new PodWorker(pod, services);
            rejection = removed || services.Node() is not { } node ? null : Check(pod, node);
            if (!workers.TryAdd(worker.Uid, worker))
            {
                return;
            }

            if (rejection is not null and not { Reason: PodAdmission.NodeAffinity })
            {
                worker.Reject(rejection);
            }
        }

        if (removed)
        {
            worker.Remove();
        }
        else
        {
            services.Objects.Hold(pod);
        }

        loops[worker.Uid] = RunAsync(worker, doubtful: rejection is { Reason: PodAdmission.NodeAffinity });
    }

    /// <summary>
    /// Whether the node takes a pod that it has not seen before. One at a time: what one takes the next cannot have.
    /// </summary>
    private PodRejection? Check(Pod pod, Node node)
    {
        if (pod.Status.StartTime is not null || pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed
            || pod.Metadata.DeletionTimestamp is not null)
        {
            return null;
        }

        var others = workers.Values.Where(other => other.Uid != pod.Metadata.Uid && !other.HasEnded);
        return PodAdmission.Check(pod, node, [.. others.Select(other => other.Pod)]);
    }

    /// <summary>
    /// Whoever bound the pod may have seen labels of the node that the watch has not brought yet: asked anew, once.
    /// </summary>
    private async Task CheckAgainAsync(PodWorker worker, CancellationToken cancel)
    {
        PodRejection? rejection;
        try
        {
            var fresh = await services.Client.GetAsync<Node>("", services.Options.NodeName, cancel);
            rejection = Check(worker.Pod, fresh);
        }
        catch (Exception error) when (error is ApiException or HttpRequestException && services.Node() is not null)
        {
            rejection = Check(worker.Pod, services.Node()!);
        }

        if (rejection is not null)
        {
            worker.Reject(rejection);
        }
    }

    private async Task RunAsync(PodWorker worker, bool doubtful)
    {
        await Task.Yield();
        try
        {
            if (doubtful)
            {
                await CheckAgainAsync(worker, running);
            }

            await worker.RunAsync(running);
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error)
        {
            // Nobody else hears of it; the pod gets another worker with its next change.
            LogWorkerEnded(error, worker.Pod.Metadata.Namespace, worker.Pod.Metadata.Name);
        }
        finally
        {
            services.Objects.Release(worker.Uid);
            services.Metrics.Startups.Forget(worker.Uid);
            workers.TryRemove(worker.Uid, out _);
            loops.TryRemove(worker.Uid, out _);
        }
    }

    /// <summary>What runs without being in the API was deleted while no agent was there.</summary>
    private async Task AdoptOrphansAsync(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                foreach (var sandbox in await services.Runtime.ListPodSandboxesAsync(null, cancel))
                {
                    if (sandbox.Labels.TryGetValue(PodLabels.PodUid, out var uid) && !workers.ContainsKey(uid))
                    {
                        services.Metrics.Orphans.Add();
                        LogOrphan(sandbox.Metadata.Namespace, sandbox.Metadata.Name);
                        Begin(Orphan(sandbox), removed: true);
                    }
                }

                return;
            }
            catch (RuntimeException error)
            {
                LogNotListed(error.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), services.Time, cancel);
            }
        }
    }

    private static Pod Orphan(Cri.PodSandbox sandbox) => new()
    {
        Metadata = new()
        {
            Name = sandbox.Metadata.Name, Namespace = sandbox.Metadata.Namespace, Uid = sandbox.Metadata.Uid,
        },
        Status = new() { QOSClass = PodQOSClass.BestEffort },
    };

    private async Task<string?> AskAsync(string containerId, CancellationToken cancel)
    {
        try
        {
            var status = await services.Runtime.ContainerStatusAsync(containerId, cancel);
            return status?.Labels.TryGetValue(PodLabels.PodUid, out var uid) == true ? uid : null;
        }
        catch (RuntimeException)
        {
            return null; // with the next connection everything is looked at anyway
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message =
        "Pod {Namespace} {Name} is not in the API any more, ending it")]
    private partial void LogOrphan(string @namespace, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "pods of the runtime not listed, trying again: {Why}")]
    private partial void LogNotListed(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "the worker of Pod {Namespace} {Name} ended with a failure")]
    private partial void LogWorkerEnded(Exception error, string @namespace, string name);
}
