using Netes.Api;
using Netes.Api.Core;

namespace Netes.Nodes.Configs;

/// <summary>A pod's resolv.conf. Source: pkg/kubelet/network/dns/dns.go.</summary>
public static class PodDns
{
    private const string DefaultOption = "ndots:5";

    /// <param name="hostResolvConf">The text of the node's resolv.conf.</param>
    public static Cri.DNSConfig Of(Pod pod, NodeAgentOptions options, string hostResolvConf)
    {
        var host = Parse(hostResolvConf);
        var clusterFirst = pod.Spec.DnsPolicy switch
        {
            DNSPolicy.ClusterFirstWithHostNet => true,
            DNSPolicy.Default or DNSPolicy.None => false,
            _ => !pod.Spec.HostNetwork,
        };
        var config = new Cri.DNSConfig();
        if (clusterFirst && !options.ClusterDns.IsEmpty)
        {
            var domain = options.ClusterDomain;
            config.Servers.AddRange(options.ClusterDns);
            config.Searches.AddRange([$"{pod.Metadata.Namespace}.svc.{domain}", $"svc.{domain}", domain]);
            config.Searches.AddRange(host.Searches.Except(config.Searches));
            config.Options.Add(DefaultOption);
        }
        else if (pod.Spec.DnsPolicy != DNSPolicy.None)
        {
            config = host;
        }

        return pod.Spec.DnsConfig is { } own ? Merge(config, own) : config;
    }

    internal static Cri.DNSConfig Parse(string text)
    {
        var config = new Cri.DNSConfig();
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0][0] is '#' or ';')
            {
                continue;
            }

            switch (words[0])
            {
                case "nameserver":
                    config.Servers.Add(words[1]);
                    break;
                case "search":
                    config.Searches.Clear(); // the last line counts
                    config.Searches.AddRange(words[1..].Where(word => word != "."));
                    break;
                case "options":
                    config.Options.AddRange(words[1..]);
                    break;
            }
        }

        return config;
    }

    private static Cri.DNSConfig Merge(Cri.DNSConfig config, PodDNSConfig own)
    {
        var merged = new Cri.DNSConfig();
        merged.Servers.AddRange(config.Servers.Concat(own.Nameservers).Distinct());
        merged.Searches.AddRange(config.Searches.Concat(own.Searches).Distinct());
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var given = ((IEnumerable<PodDNSConfigOption>)own.Options)
            .Select(option => string.IsNullOrEmpty(option.Value) ? option.Name : $"{option.Name}:{option.Value}");
        foreach (var option in config.Options.Concat(given))
        {
            options[option.Split(':')[0]] = option;
        }

        merged.Options.AddRange(options.Values);
        return merged;
    }
}
