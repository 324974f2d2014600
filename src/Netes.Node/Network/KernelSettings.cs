namespace Netes.Nodes.Network;

/// <summary>What the kernel of a node must be told so that pods can talk.</summary>
internal static class KernelSettings
{
    private static readonly (string Key, string Value)[] Wanted =
    [
        ("net/ipv4/ip_forward", "1"),
        // Answers between two pods of one bridge must pass our rules, or their translated address is never restored.
        ("net/bridge/bridge-nf-call-iptables", "1"),
        ("net/ipv4/conf/all/rp_filter", "0"),
        ("net/ipv4/conf/default/rp_filter", "0"),
    ];

    /// <summary>Sets what differs. Returns the keys that could not be set, with the reason.</summary>
    public static IReadOnlyList<string> Apply()
    {
        var failures = new List<string>();
        foreach (var (key, value) in Wanted)
        {
            var path = $"/proc/sys/{key}";
            try
            {
                if (File.ReadAllText(path).Trim() != value)
                {
                    File.WriteAllText(path, value);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                failures.Add($"{key.Replace('/', '.')}={value}: {error.Message}");
            }
        }

        return failures;
    }
}
