namespace Netes.Client;

/// <summary>
/// Which of two states of one object is the newer: resource versions are numbers that grow. Source: KEP-5504.
/// </summary>
public static class ResourceVersions
{
    /// <summary>True when <paramref name="left"/> is newer; an empty one is the oldest.</summary>
    public static bool IsNewer(string left, string right) => left.Length != right.Length
        ? left.Length > right.Length : string.CompareOrdinal(left, right) > 0;
}
