using System.Diagnostics.CodeAnalysis;

namespace Netes.Store.Revisions;

/// <summary>A broken invariant stops the component: going on would write down what is wrong.</summary>
internal static class Invariant
{
    public static void Holds([DoesNotReturnIf(false)] bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"broken invariant: {what}");
        }
    }
}
