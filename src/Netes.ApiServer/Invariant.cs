namespace Netes.ApiServer;

/// <summary>
/// What must always hold; always checked. A broken one is a bug: it stops the request or the component.
/// </summary>
internal static class Invariant
{
    public static void Holds(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"broken invariant: {what}");
        }
    }
}
