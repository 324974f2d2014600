using System.Text;
using Netes.ApiServer.Authentication;

namespace Netes.ApiServer.Aggregation;

/// <summary>
/// Who asks, as an aggregated server reads it from a front proxy whose certificate it trusts.
/// Source: client-go transport/round_trippers.go, SetAuthProxyHeaders.
/// </summary>
internal static class RemoteUser
{
    /// <summary>The aggregator itself, which may look at everything.</summary>
    public static UserIdentity Aggregator { get; } = new()
    {
        Name = "system:kube-aggregator",
        Groups = [KnownGroups.Masters],
    };

    public static IReadOnlyList<KeyValuePair<string, string>> Headers(UserIdentity user)
    {
        var headers = new List<KeyValuePair<string, string>> { new("X-Remote-User", user.Name) };
        if (user.Uid.Length > 0)
        {
            headers.Add(new("X-Remote-Uid", user.Uid));
        }

        headers.AddRange(user.Groups.Select(static group => new KeyValuePair<string, string>("X-Remote-Group", group)));
        foreach (var (key, values) in user.Extra)
        {
            headers.AddRange(values.Select(value =>
                new KeyValuePair<string, string>("X-Remote-Extra-" + Escape(key), value)));
        }

        return headers;
    }

    // What a header's name may not hold is percent-encoded, and so is the percent sign.
    private static string Escape(string key)
    {
        var text = new StringBuilder();
        foreach (var one in Encoding.UTF8.GetBytes(key))
        {
            _ = char.IsAsciiLetterOrDigit((char)one) || "!#$&'*+-.^_`|~".Contains((char)one, StringComparison.Ordinal)
                ? text.Append((char)one)
                : text.Append('%').Append(one.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
