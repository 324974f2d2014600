using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Pods that wait. Active ones are tried next; unschedulable ones rest until something happens that may help them, then
/// (unless nothing else is to do) wait out their backoff. Thread-safe.
/// Source: pkg/scheduler/backend/queue/scheduling_queue.go.
/// </summary>
internal sealed partial class SchedulingQueue : IDisposable
{
    // Timers that are nearly due go off together.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(50);

    // A safety net for events that were not foreseen.
    private static readonly TimeSpan MaxRest = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Func<Pod, SchedulerFramework> _frameworkOf;
    private readonly (TimeSpan Min, TimeSpan Max) _backoffTimes;
    private readonly TimeProvider _time;
    private readonly Dictionary<ObjectKey, QueuedPod> _pods = [];
    private readonly SortedSet<QueuedPod> _active;
    private readonly SortedSet<QueuedPod> _backoff;

    // By what may wake them: a change looks at none that it cannot wake.
    private readonly Dictionary<ClusterEvents, HashSet<QueuedPod>> _resting = [];
    private readonly Dictionary<ObjectKey, QueuedPod> _inFlight = [];
    private readonly List<ClusterChange> _missed = [];
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly ITimer _timer;
    private long _sequence;
    private long _firstMissed;
    private long _timerDue = long.MaxValue;
    private bool _disposed;

    /// <param name="frameworkOf">The plugins for a pod; all have the same order of pods.</param>
    /// <param name="backoff">The waits after the first failure, and after many.</param>
    /// <param name="time">The clock.</param>
    public SchedulingQueue(
        Func<Pod, SchedulerFramework> frameworkOf, (TimeSpan Min, TimeSpan Max) backoff, TimeProvider time)
    {
        (_frameworkOf, _backoffTimes, _time) = (frameworkOf, backoff, time);
        _active = new(Comparer<QueuedPod>.Create(Compare));
        _backoff = new(Comparer<QueuedPod>.Create(Compare));
        _timer = time.CreateTimer(_ => TimePassed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A pod that is to be scheduled is new, or changed.</summary>
    public void Set(Pod? old, Pod next)
    {
        lock (_lock)
        {
            var key = ObjectKey.Of(next);
            var info = new PodInfo(next);
            if (_inFlight.TryGetValue(key, out var flying) && flying.Info.Pod.Metadata.Uid == next.Metadata.Uid)
            {
                flying.Info = info;
                return;
            }

            if (_pods.TryGetValue(key, out var known) && known.Info.Pod.Metadata.Uid == next.Metadata.Uid)
            {
                Update(known, old ?? known.Info.Pod, info);
                return;
            }

            RemoveLocked(key);
            var queued = new QueuedPod(info, _sequence++);
            _pods[key] = queued;
            Activate(queued, QueueEvent.PodAdded);
        }
    }

    public void Remove(ObjectKey key)
    {
        lock (_lock)
        {
            RemoveLocked(key);
        }
    }

    /// <summary>The next pod to schedule; the caller ends with <see cref="Rest"/> or <see cref="Done"/>.</summary>
    public async Task<QueuedPod> PopAsync(CancellationToken cancel)
    {
        while (true)
        {
            lock (_lock)
            {
                if (cancel.IsCancellationRequested)
                {
                    // It takes no pod along, and what has woken it may be for another.
                    Signal();
                    cancel.ThrowIfCancellationRequested();
                }

                // Backoff spares the scheduler; with nothing else to do there is nothing to spare.
                var next = _active.Min ?? _backoff.Min;
                if (next is not null)
                {
                    Metrics?.Entered(next.Place, QueuePlace.Active, QueueEvent.PopFromBackoffQ);
                    Place(next, QueuePlace.InFlight);
                    _pods.Remove(next.Key);
                    _inFlight[next.Key] = next;
                    next.Attempts++;
                    var now = _time.GetTimestamp();
                    next.TriedAt = (now, next.Attempts == 1 ? now : next.TriedAt.First);
                    next.MissedFrom = _firstMissed + _missed.Count;
                    return next;
                }
            }

            await _wake.WaitAsync(cancel);
        }
    }

    /// <summary>The pod was scheduled, or is no longer to be.</summary>
    public void Done(QueuedPod pod)
    {
        lock (_lock)
        {
            End(pod);
        }
    }

    /// <summary>The pod does not fit, or (no rejectors) an error came between: it rests.</summary>
    public void Rest(QueuedPod pod, IReadOnlyCollection<ISchedulerPlugin> rejectors)
    {
        lock (_lock)
        {
            var missed = _missed.Skip((int)(pod.MissedFrom - _firstMissed)).ToList();
            var current = _inFlight.GetValueOrDefault(pod.Key) == pod;
            End(pod);
            if (!current || _pods.ContainsKey(pod.Key))
            {
                return;
            }

            Place(pod, QueuePlace.Nowhere);
            pod.Rejectors = rejectors;
            pod.WakingEvents = rejectors.Aggregate(
                ClusterEvents.None, static (events, plugin) => events | plugin.WakingEvents);
            pod.IsFlushed = false;
            pod.Errors = rejectors.Count == 0 ? pod.Errors + 1 : 0;
            pod.FailedAt = _time.GetTimestamp();
            pod.QueuedAt = _sequence++;
            _pods[pod.Key] = pod;
            if (rejectors.Count == 0)
            {
                Enter(pod, QueuePlace.ErrorBackoff, QueueEvent.ScheduleAttemptFailure);
            }
            else
            {
                PlaceAfter(pod, !missed.Any(change => MayHelp(pod, change)));
            }

            ArmTimer(TimeLeft(pod));
        }
    }

    /// <summary>Wakes the pods that the change may help.</summary>
    public void Happened(ClusterChange change)
    {
        lock (_lock)
        {
            if (_inFlight.Count > 0)
            {
                _missed.Add(change);
            }

            List<QueuedPod>? woken = null;
            foreach (var (events, pods) in _resting)
            {
                if ((events & change.Events) == 0)
                {
                    continue;
                }

                foreach (var pod in pods)
                {
                    if (pod.Place == QueuePlace.Unschedulable && MayHelp(pod, change))
                    {
                        (woken ??= []).Add(pod);
                    }
                }
            }

            foreach (var pod in Ungated(change, woken))
            {
                WakeUp(pod, QueueEvents.First(pod.WakingEvents & change.Events));
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer.Dispose();
        }
    }

    private int Compare(QueuedPod left, QueuedPod right)
    {
        var order = _frameworkOf(left.Info.Pod).QueueSort.Compare(left, right);
        return order != 0 ? order : left.QueuedAt.CompareTo(right.QueuedAt);
    }

    private void Update(QueuedPod known, Pod old, PodInfo info)
    {
        // Its place in a sorted set depends on the priority, which never changes.
        known.Info = info;
        var events = ClusterChange.Between(old, info.Pod, isAssigned: false);
        var what = events == ClusterEvents.None ? QueueEvent.PodUpdated : QueueEvents.First(events);
        if (known.Place is QueuePlace.Gated)
        {
            Activate(known, what);
            return;
        }

        if (known.Place is QueuePlace.Unschedulable && events != ClusterEvents.None
            && MayHelp(known, new ClusterChange(events) { Pod = info.Pod, OldPod = old }))
        {
            WakeUp(known, what);
        }
    }

    /// <summary>Out of the rest: through the backoff, if that is not over yet.</summary>
    private void WakeUp(QueuedPod pod, QueueEvent why)
    {
        // One that is held back must not be taken out of the backoff early, either.
        if (BackoffLeft(pod) > TimeSpan.Zero && !IsGated(pod))
        {
            Enter(pod, QueuePlace.Backoff, why);
            ArmTimer(TimeLeft(pod));
        }
        else
        {
            Activate(pod, why);
        }
    }

    private bool MayHelp(QueuedPod pod, ClusterChange change)
    {
        foreach (var plugin in pod.Rejectors)
        {
            if ((plugin.WakingEvents & change.Events) is not ClusterEvents.None and var events
                && MayHelp(plugin, pod, change, events))
            {
                return true;
            }
        }

        return false;
    }

    private void Place(QueuedPod pod, QueuePlace place)
    {
        _active.Remove(pod);
        _backoff.Remove(pod);
        _gated.Remove(pod);
        if (_resting.TryGetValue(pod.WakingEvents, out var fellows) && fellows.Remove(pod) && fellows.Count == 0)
        {
            _resting.Remove(pod.WakingEvents);
        }

        pod.Place = place;
        switch (place)
        {
            case QueuePlace.Active:
                pod.QueuedAt = _sequence++;
                _active.Add(pod);
                Signal();
                break;
            case QueuePlace.Backoff:
                _backoff.Add(pod);
                Signal();
                break;
            case QueuePlace.ErrorBackoff or QueuePlace.Unschedulable:
                if (!_resting.TryGetValue(pod.WakingEvents, out var others))
                {
                    _resting[pod.WakingEvents] = others = [];
                }

                others.Add(pod);
                break;
            case QueuePlace.Gated when pod.WakingEvents != ClusterEvents.None:
                _gated.Add(pod);
                break;
        }
    }

    private void RemoveLocked(ObjectKey key)
    {
        if (_pods.Remove(key, out var pod))
        {
            Place(pod, QueuePlace.Nowhere);
        }

        // One that is being scheduled finds out at its end.
        _inFlight.Remove(key);
    }

    private void End(QueuedPod pod)
    {
        if (_inFlight.GetValueOrDefault(pod.Key) == pod)
        {
            _inFlight.Remove(pod.Key);
        }

        var oldest = _inFlight.Count == 0
            ? _firstMissed + _missed.Count
            : _inFlight.Values.Min(flying => flying.MissedFrom);
        _missed.RemoveRange(0, (int)(oldest - _firstMissed));
        _firstMissed = oldest;
    }

    private void Signal()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    private TimeSpan BackoffLeft(QueuedPod pod)
    {
        var doublings = Math.Min(Math.Max(pod.Attempts - 1, 0), 10);
        var wait = TimeSpan.FromTicks(
            Math.Min(_backoffTimes.Min.Ticks << doublings, _backoffTimes.Max.Ticks));
        return wait - _time.GetElapsedTime(pod.FailedAt);
    }

    private TimeSpan TimeLeft(QueuedPod pod) => pod.Place == QueuePlace.Unschedulable
        ? MaxRest - _time.GetElapsedTime(pod.FailedAt)
        : BackoffLeft(pod);

    private void TimePassed()
    {
        lock (_lock)
        {
            foreach (var pod in Waiting().Where(pod => TimeLeft(pod) <= Grain).ToList())
            {
                var isFlushed = pod.Place == QueuePlace.Unschedulable;
                pod.IsFlushed |= isFlushed;
                Activate(pod, isFlushed ? QueueEvent.UnschedulableTimeout : QueueEvent.BackoffComplete);
            }

            _timerDue = long.MaxValue;
            if (_resting.Count > 0 || _backoff.Count > 0)
            {
                ArmTimer(Waiting().Min(TimeLeft));
            }
        }
    }

    private IEnumerable<QueuedPod> Waiting() => _resting.Values.SelectMany(static pods => pods).Concat(_backoff);

    /// <summary>Makes the timer fire after the wait, unless it fires earlier anyway.</summary>
    private void ArmTimer(TimeSpan wait)
    {
        var due = _time.GetTimestamp() + (long)(wait.TotalSeconds * _time.TimestampFrequency);
        if (!_disposed && due < _timerDue)
        {
            _timerDue = due;
            var milliseconds = Math.Max(0, Math.Ceiling(wait.TotalMilliseconds));
            _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
        }
    }
}
