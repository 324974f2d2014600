using System.Collections.Concurrent;
using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Expressions that were compiled, by their text: classes and templates have few. Thread-safe.</summary>
internal sealed class DeviceExpressions
{
    // Beyond these all are forgotten; who is asked for is compiled again.
    private const int MaxKept = 1000;

    private readonly ConcurrentDictionary<string, DeviceExpression> _known = new(StringComparer.Ordinal);

    public DeviceExpression Get(string text)
    {
        if (_known.TryGetValue(text, out var known))
        {
            return known;
        }

        if (_known.Count >= MaxKept)
        {
            _known.Clear();
        }

        return _known.GetOrAdd(text, static expression => DeviceExpression.Compile(expression));
    }
}
