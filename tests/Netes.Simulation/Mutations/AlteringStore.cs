using System.Text;
using System.Text.RegularExpressions;
using Netes.Simulation.World;
using Netes.Store;

namespace Netes.Simulation.Mutations;

/// <summary>A store that writes one address for all.</summary>
internal sealed partial class AlteringStore(IStore inner, string prefix, string address)
    : ForwardingStore(inner)
{
    public override ValueTask<WriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long? expectedRevision, CancellationToken cancel) =>
        base.PutAsync(
            key, key.StartsWith(prefix, StringComparison.Ordinal) ? Altered(value) : value, expectedRevision, cancel);

    private ReadOnlyMemory<byte> Altered(ReadOnlyMemory<byte> value) =>
        Encoding.UTF8.GetBytes(Addresses().Replace(Encoding.UTF8.GetString(value.Span), address));

    [GeneratedRegex(@"10\.96\.\d+\.\d+")]
    private static partial Regex Addresses();
}
