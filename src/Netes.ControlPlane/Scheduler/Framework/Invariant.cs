using System.Diagnostics.CodeAnalysis;

namespace Netes.ControlPlane.Scheduling;

/// <summary>A broken invariant stops the component: going on would place pods by wrong counts.</summary>
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
