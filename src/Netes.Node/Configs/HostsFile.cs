using System.Text;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.Nodes.Configs;

/// <summary>The /etc/hosts of a pod. Source: pkg/kubelet/kubelet_pods.go (managedHostsFileContent).</summary>
public static class HostsFile
{
    public const string Path = "/etc/hosts";

    private const string Managed = """
        # Kubernetes-managed hosts file.
        127.0.0.1	localhost
        ::1	localhost ip6-localhost ip6-loopback
        fe00::0	ip6-localnet
        fe00::0	ip6-mcastprefix
        fe00::1	ip6-allnodes
        fe00::2	ip6-allrouters

        """;

    public static string Of(Pod pod, IEnumerable<string> podAddresses, string hostname, string domain)
    {
        var text = new StringBuilder(Managed);
        foreach (var address in podAddresses)
        {
            text.Append(domain.Length > 0
                ? $"{address}\t{hostname}.{domain}\t{hostname}\n" : $"{address}\t{hostname}\n");
        }

        return AppendAliases(text, pod.Spec.HostAliases);
    }

    /// <summary>In the node's network: the node's own file, and the pod's aliases.</summary>
    public static string OfHostNetwork(Pod pod, string hostFile) =>
        AppendAliases(
            new StringBuilder("# Kubernetes-managed hosts file (host network).\n").Append(hostFile),
                pod.Spec.HostAliases);

    private static string AppendAliases(StringBuilder text, ValueList<HostAlias> aliases)
    {
        if (!aliases.IsEmpty)
        {
            text.Append("\n# Entries added by HostAliases.\n");
            foreach (var alias in aliases)
            {
                text.Append(alias.IP).Append('\t').AppendJoin('\t', (IEnumerable<string>)alias.Hostnames).Append('\n');
            }
        }

        return text.ToString();
    }
}
