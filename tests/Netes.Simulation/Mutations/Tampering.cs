using System.Text;
using System.Text.Json.Nodes;
using Netes.Simulation.Checks;
using Netes.Simulation.World;

namespace Netes.Simulation.Mutations;

/// <summary>
/// One object of a cluster at rest, changed to what it must not be in the end: the check of the end has to say so, and
/// nothing else.
/// </summary>
/// <param name="Finds">What must be found.</param>
/// <param name="Plural">The kind of the object.</param>
/// <param name="Edit">Changes it; false: not this one.</param>
internal sealed record Tampering(Finding Finds, string Plural, Func<JsonNode, bool> Edit)
{
    // Of some kinds there are hundreds, and some of each are enough.
    private const int MostTried = 40;

    /// <summary>The object stays as it is, and another one comes.</summary>
    public bool Copies { get; init; }

    /// <summary>The object goes.</summary>
    public bool Deletes { get; init; }

    /// <summary>Whether some object of what there is, changed so, is found.</summary>
    public bool IsFound(Mirror mirror, DateTimeOffset now) => mirror.All
        .Where(pair => pair.Key.StartsWith($"/registry/{Plural}/", StringComparison.Ordinal))
        .OrderBy(static pair => pair.Key, StringComparer.Ordinal).Take(MostTried).ToList()
        .Exists(pair => IsFound(mirror, now, pair.Key, pair.Value));

    private bool IsFound(Mirror mirror, DateTimeOffset now, string key, ReadOnlyMemory<byte> value)
    {
        var node = JsonNode.Parse(value.Span)!;
        if (!Edit(node))
        {
            return false;
        }

        // A copy of what there is: the checkers that listen to the other would speak, too.
        var other = new Mirror();
        foreach (var (path, bytes) in mirror.All)
        {
            other.Observe(new StoreWrite(path, bytes, 0));
        }

        other.Observe(new StoreWrite(
            Copies ? $"{key}-copy" : key,
            Deletes ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(node.ToJsonString()), 0));
        return ConvergenceCheck.WhatIsMissing(other, now)?.Finding == Finds;
    }
}
