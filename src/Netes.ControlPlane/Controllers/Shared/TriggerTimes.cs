using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// When what changed a service's endpoints happened, so that others can measure how long it took to be told.
/// Source: staging endpointslice/trigger_time_tracker.go. Thread-safe; one service is asked for by one at a time.
/// </summary>
internal sealed class TriggerTimes
{
    public const string Annotation = "endpoints.kubernetes.io/last-change-trigger-time";

    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, State> _states = [];

    /// <summary>The earliest of the changes that were not told yet; null: nothing changed.</summary>
    public Timestamp? Next(Service service, IEnumerable<Pod> pods)
    {
        var key = ObjectKey.Of(service);
        var created = service.Metadata.CreationTimestamp;
        var ready = pods
            .Select(pod => (pod.Metadata.Name,
                Time: PodFacts.Condition(pod, PodConditionType.Ready)?.LastTransitionTime))
            .Where(pair => pair.Time is not null)
            .ToDictionary(pair => pair.Name, pair => pair.Time!.Value.UnixSeconds, StringComparer.Ordinal);
        lock (_lock)
        {
            var isKnown = _states.TryGetValue(key, out var last) && last.Uid == service.Metadata.Uid;
            _states[key] = new State(service.Metadata.Uid, ready);
            if (!isKnown)
            {
                return created;
            }

            var changed = ready.Where(pair => pair.Value > last!.Ready.GetValueOrDefault(pair.Key))
                .Select(pair => pair.Value)
                .ToList();
            return changed.Count == 0
                ? null
                : Timestamp.From(DateTimeOffset.FromUnixTimeSeconds(changed.Min()));
        }
    }

    public void Forget(ObjectKey service)
    {
        lock (_lock)
        {
            _states.Remove(service);
        }
    }

    /// <summary>The annotations with the time; without any when there is none.</summary>
    public static ValueMap<string> Annotate(ValueMap<string> annotations, Timestamp? time) => time is { } value
        ? annotations.Set(Annotation, value.ToString())
        : annotations.Remove(Annotation);

    private sealed record State(string Uid, Dictionary<string, long> Ready);
}
