using System.Net;

namespace Netes.Nodes.Dns;

/// <summary>Names of the form <c>7.1.244.10.in-addr.arpa</c>. Source: RFC 1035 §3.5.</summary>
internal static class ReverseName
{
    private const string Suffix = ".in-addr.arpa";

    public static bool TryParse(string name, out IPAddress address)
    {
        address = IPAddress.None;
        if (!name.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return false;
        }

        var labels = name[..^Suffix.Length].Split('.');
        Array.Reverse(labels);
        return labels.Length == 4 && IPAddress.TryParse(string.Join('.', labels), out address!);
    }
}
