using System.Collections.Concurrent;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Nodes.Pods;

namespace Netes.Nodes.Metrics;

/// <summary>
/// How long pods take from their creation until the watch says that all their containers run. A pod is told once, when
/// its status was written and has come back; what it waited for images and init containers is not the cluster's time.
/// Source: pkg/kubelet/util/pod_startup_latency_tracker.go; sig-scalability/slos/pod_startup_latency.md.
/// </summary>
public sealed class PodStartups
{
    private readonly ConcurrentDictionary<string, Startup> _startups = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly HistogramFamily _total;
    private readonly HistogramFamily _indicator;
    private long _firstTicks;

    public PodStartups(MetricRegistry registry, TimeProvider time)
    {
        _time = time;
        _total = registry.Histogram(
            "kubelet_pod_start_total_duration_seconds",
            "[ALPHA] Time from a pod's creation until all its containers run, in seconds.", Bounds);
        _indicator = registry.Histogram(
            "kubelet_pod_start_sli_duration_seconds",
            "[ALPHA] Time from a pod's creation until all its containers run, without pulls of images and init "
            + "containers, in seconds.", Bounds);
        registry.Read(
            "kubelet_first_network_pod_start_sli_duration_seconds",
            "[INTERNAL] The same of the first pod with a network of its own.",
            () => [(default, TimeSpan.FromTicks(Volatile.Read(ref _firstTicks)).TotalSeconds)]);
    }

    internal static double[] Bounds { get; } =
    [
        0.5, 1, 2, 3, 4, 5, 6, 8, 10, 20, 30, 45, 60, 120, 180, 240, 300, 360, 480, 600, 900, 1200, 1800, 2700, 3600,
    ];

    /// <summary>Pods whose start may still be told.</summary>
    internal int Count => _startups.Count;

    /// <summary>The watch brought the pod.</summary>
    public void Seen(Pod pod)
    {
        var uid = pod.Metadata.Uid;
        if (pod.Status.Phase is PodPhase.Failed or PodPhase.Succeeded)
        {
            Forget(uid);
            return;
        }

        if (!_startups.TryGetValue(uid, out var startup))
        {
            // A pod that an agent had taken on before this one began is none of its starts.
            if (pod.Status.StartTime is null)
            {
                _startups.TryAdd(uid, new() { IsExcluded = IsUnschedulable(pod) });
            }

            return;
        }

        lock (startup.Gate)
        {
            startup.IsExcluded |= IsUnschedulable(pod);
            if (startup.SeenAt is null && HasStarted(pod))
            {
                startup.SeenAt = _time.GetUtcNow();
                Tell(startup, pod);
            }
        }
    }

    /// <summary>The API took the pod's status. The watch may have been quicker than the answer.</summary>
    public void StatusWritten(Pod pod)
    {
        if (HasStarted(pod) && _startups.TryGetValue(pod.Metadata.Uid, out var startup))
        {
            lock (startup.Gate)
            {
                startup.IsWritten = true;
                Tell(startup, pod);
            }
        }
    }

    public void PullBegan(string podUid)
    {
        if (_startups.TryGetValue(podUid, out var startup))
        {
            lock (startup.Gate)
            {
                startup.Pulling.Enqueue(_time.GetTimestamp());
            }
        }
    }

    /// <summary>A pull succeeded. One that failed goes on until a later try succeeds.</summary>
    public void PullEnded(string podUid)
    {
        if (_startups.TryGetValue(podUid, out var startup))
        {
            lock (startup.Gate)
            {
                if (startup.Pulling.TryDequeue(out var began))
                {
                    startup.Pulls.Add((began, _time.GetTimestamp()));
                }
            }
        }
    }

    /// <summary>Takes the time of init containers that the runtime tells as ended; each counts once.</summary>
    public void InitEnded(Pod pod, PodRuntimeState runtime)
    {
        if (pod.Spec.InitContainers.IsEmpty || !_startups.TryGetValue(pod.Metadata.Uid, out var startup))
        {
            return;
        }

        lock (startup.Gate)
        {
            foreach (var container in runtime.Containers)
            {
                if (container is { StartedAt: { } started, FinishedAt: { } finished } && finished > started
                    && PodContainers.Find(pod.Spec, container.Name) is { Kind: ContainerKind.Init })
                {
                    startup.Inits[container.Id] = finished - started;
                }
            }
        }
    }

    /// <summary>The pod is gone.</summary>
    public void Forget(string podUid) => _startups.TryRemove(podUid, out _);

    private void Tell(Startup startup, Pod pod)
    {
        if (startup is not { IsTold: false, IsExcluded: false, IsWritten: true, SeenAt: { } seenAt }
            || pod.Metadata.CreationTimestamp is not { } created)
        {
            return;
        }

        startup.IsTold = true;
        var total = seenAt - created.ToDateTimeOffset();
        _total.With(default).Observe(total);
        if (IsStateful(pod))
        {
            return;
        }

        var inits = startup.Inits.Values.Aggregate(TimeSpan.Zero, static (sum, time) => sum + time);
        var own = total - PullTime(startup.Pulls) - inits;
        _indicator.With(default).Observe(own);
        if (!pod.Spec.HostNetwork)
        {
            Interlocked.CompareExchange(ref _firstTicks, own.Ticks, 0);
        }
    }

    /// <summary>Time in which at least one image was pulled.</summary>
    private TimeSpan PullTime(List<(long From, long To)> pulls)
    {
        var (total, end) = (TimeSpan.Zero, long.MinValue);
        foreach (var (from, to) in pulls.Order())
        {
            if (to > end)
            {
                total += _time.GetElapsedTime(Math.Max(from, end), to);
                end = to;
            }
        }

        return total;
    }

    private static bool HasStarted(Pod pod) => !pod.Status.ContainerStatuses.IsEmpty
        && pod.Status.ContainerStatuses.All(static status => status.State.Running?.StartedAt is not null);

    private static bool IsUnschedulable(Pod pod) => pod.Status.Conditions.Any(
        static condition => condition is { Type: PodConditionType.PodScheduled, Status: "False" });

    // The objective is that of pods whose volumes are made of what the API has.
    private static bool IsStateful(Pod pod) => pod.Spec.Volumes.Any(static volume => volume.VolumeSource is
    {
        Secret: null, ConfigMap: null, DownwardAPI: null, EmptyDir: null, Projected: null, GitRepo: null, Image: null,
        Ephemeral: null,
    });

    private sealed class Startup
    {
        public Lock Gate { get; } = new();

        public Queue<long> Pulling { get; } = new();

        public List<(long From, long To)> Pulls { get; } = [];

        public Dictionary<string, TimeSpan> Inits { get; } = new(StringComparer.Ordinal);

        public bool IsExcluded { get; set; }

        public bool IsWritten { get; set; }

        public bool IsTold { get; set; }

        public DateTimeOffset? SeenAt { get; set; }
    }
}
