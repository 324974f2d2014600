using Netes.Store;

namespace Netes.Simulation.World;

/// <summary>A store that shows each write to the checkers at the moment it is made.</summary>
internal sealed class ObservedStore(IStore inner, Action<StoreWrite> observe) : ForwardingStore(inner)
{
    public override async ValueTask<WriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long? expectedRevision, CancellationToken cancel)
    {
        var result = await base.PutAsync(key, value, expectedRevision, cancel);
        if (result is WriteResult.Written written)
        {
            observe(new StoreWrite(key, value, written.Revision));
        }

        return result;
    }

    public override async ValueTask<WriteResult> DeleteAsync(
        string key, long? expectedRevision, CancellationToken cancel)
    {
        var result = await base.DeleteAsync(key, expectedRevision, cancel);
        if (result is WriteResult.Written written)
        {
            observe(new StoreWrite(key, null, written.Revision));
        }

        return result;
    }
}

/// <summary>One write; without a value it is a deletion.</summary>
internal sealed record StoreWrite(string Key, ReadOnlyMemory<byte>? Value, long Revision);
