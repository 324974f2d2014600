using Netes.Api;
using Netes.Api.Core;

namespace Netes.Client;

/// <summary>An event after correlation: its name and count are those of the event it continues, if any.</summary>
internal sealed record CorrelatedEvent(Event Event, string Key);

/// <summary>
/// Keeps repeated events from flooding the cluster: a bucket per source and object, similar events merged into one,
/// equal events counted. Used by one task. Source: client-go tools/record/events_cache.go.
/// </summary>
internal sealed class EventCorrelator(EventOptions options, TimeProvider time)
{
    private const string AggregatePrefix = "(combined from similar events): ";

    private readonly RecentMap<Bucket> _buckets = new(options.MaxRemembered);
    private readonly RecentMap<Similar> _similar = new(options.MaxRemembered);
    private readonly RecentMap<Event> _written = new(options.MaxRemembered);

    /// <summary>The event to write, or null when the object's source has told enough.</summary>
    public CorrelatedEvent? Correlate(Event value)
    {
        var (aggregate, key) = Aggregate(value);
        if (!TakeToken(value))
        {
            return null;
        }

        if (_written.Get(key) is { } last)
        {
            aggregate = aggregate with
            {
                Metadata = aggregate.Metadata with { Name = last.Metadata.Name },
                FirstTimestamp = last.FirstTimestamp,
                Count = last.Count + 1,
            };
        }

        return new CorrelatedEvent(aggregate, key);
    }

    /// <summary>Remembers what the server stored, so that the next equal event continues it.</summary>
    public void Written(CorrelatedEvent correlated, Event stored) => _written.Set(correlated.Key, stored);

    private bool TakeToken(Event value)
    {
        var about = value.InvolvedObject;
        var key = string.Join('\n', value.Source.Component, value.Source.Host, about.Kind, about.Namespace, about.Name,
            about.Uid, about.ApiVersion);
        var now = time.GetUtcNow();
        var bucket = _buckets.Get(key) ?? new Bucket(options.Burst, now);
        var tokens = Math.Min(options.Burst, bucket.Tokens + ((now - bucket.Time) / options.RefillInterval));
        var ok = tokens >= 1;
        _buckets.Set(key, new Bucket(ok ? tokens - 1 : tokens, now));
        return ok;
    }

    /// <summary>
    /// The event itself, or, of the many that differ only in their message, the one that stands for all.
    /// </summary>
    private (Event Event, string Key) Aggregate(Event value)
    {
        var about = value.InvolvedObject;
        var group = string.Join('\n', value.Source.Component, value.Source.Host, about.Kind, about.Namespace,
            about.Name, about.Uid, about.ApiVersion, value.Type, value.Reason,
            value.ReportingController, value.ReportingInstance);
        var own = string.Join('\n', value.Source.Component, value.Source.Host, about.Kind, about.Namespace, about.Name,
            about.FieldPath, about.Uid, about.ApiVersion, value.Type, value.Reason, value.Message);
        var now = time.GetUtcNow();
        var similar = _similar.Get(group);
        if (similar is null || now - similar.Last > options.SimilarInterval)
        {
            similar = new Similar([], now);
        }

        similar = similar with { Last = now };
        similar.Messages.Add(value.Message);
        _similar.Set(group, similar);
        if (similar.Messages.Count < options.MaxSimilar)
        {
            return (value, own);
        }

        // One too many stays out of the set, so that it cannot grow: messages may hold counters or times.
        similar.Messages.Remove(similar.Messages.First());
        return (value with { Message = AggregatePrefix + value.Message }, group);
    }

    private sealed record Bucket(double Tokens, DateTimeOffset Time);

    private sealed record Similar(HashSet<string> Messages, DateTimeOffset Last);
}
