using Netes.Simulation.World;
using Netes.Store;

namespace Netes.Simulation.Mutations;

/// <summary>Acknowledges each so many-th update of what is below a prefix, and does not write it.</summary>
internal sealed class ForgetfulStore(IStore inner, string forgets, int every) : ForwardingStore(inner)
{
    private int _updates;

    public override ValueTask<WriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long? expectedRevision, CancellationToken cancel) =>
        expectedRevision > 0 && key.StartsWith(forgets, StringComparison.Ordinal) && ++_updates % every == 0
            ? ValueTask.FromResult<WriteResult>(new WriteResult.Written(CurrentRevision))
            : base.PutAsync(key, value, expectedRevision, cancel);
}
