using System.Text;
using System.Text.Json.Nodes;
using Netes.Simulation.World;
using Netes.Store;

namespace Netes.Simulation.Mutations;

/// <summary>Writes something else than it was given.</summary>
/// <param name="inner">Where it is written.</param>
/// <param name="prefix">Below this.</param>
/// <param name="edit">Changes an object; false: it is written as it was.</param>
internal sealed class EditingStore(IStore inner, string prefix, Func<JsonNode, bool> edit) : ForwardingStore(inner)
{
    public override ValueTask<WriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long? expectedRevision, CancellationToken cancel)
    {
        if (key.StartsWith(prefix, StringComparison.Ordinal) && JsonNode.Parse(value.Span) is { } node && edit(node))
        {
            value = Encoding.UTF8.GetBytes(node.ToJsonString());
        }

        return base.PutAsync(key, value, expectedRevision, cancel);
    }
}

/// <summary>Says of each so many-th write that it was made before the last one.</summary>
internal sealed class AgingStore(IStore inner, int every) : ForwardingStore(inner)
{
    private int _writes;

    public override async ValueTask<WriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long? expectedRevision, CancellationToken cancel)
    {
        var result = await base.PutAsync(key, value, expectedRevision, cancel);
        return result is WriteResult.Written written && ++_writes % every == 0
            ? new WriteResult.Written(written.Revision - 5)
            : result;
    }
}

/// <summary>A clock that is ahead of the others.</summary>
internal sealed class HastyClock(TimeProvider time, TimeSpan ahead) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + ahead;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
