using Netes.Api.Core;
using Netes.Nodes.Environments;

namespace Netes.Nodes.Configs;

/// <summary>Host names and folders' names that follow from a pod.</summary>
public static class PodNames
{
    private const int HostnameLimit = 63;
    private const int FullNameLimit = 64; // the kernel's

    /// <summary>The pod's host name. Source: pkg/kubelet/kubelet_pods.go, pkg/kubelet/util/util.go.</summary>
    /// <exception cref="ConfigException">It is longer than the kernel allows.</exception>
    public static string Hostname(Pod pod, string clusterDomain)
    {
        if (pod.Spec.HostnameOverride is { Length: > 0 } given)
        {
            return given;
        }

        var name = pod.Spec.Hostname.Length > 0 ? pod.Spec.Hostname : pod.Metadata.Name;
        name = name.Length > HostnameLimit ? name[..HostnameLimit].TrimEnd('-', '.') : name;
        var domain = Domain(pod, clusterDomain);
        if (pod.Spec.SetHostnameAsFQDN != true || domain.Length == 0)
        {
            return name;
        }

        var full = $"{name}.{domain}";
        return full.Length <= FullNameLimit ? full : throw new ConfigException(
            $"Failed to construct FQDN from Pod hostname and cluster domain, FQDN {full} is too long "
            + $"({FullNameLimit} characters is the max, {full.Length} characters requested)");
    }

    /// <summary>The domain of a pod with a subdomain; empty without one.</summary>
    public static string Domain(Pod pod, string clusterDomain) =>
        pod.Spec.Subdomain.Length == 0 ? "" : $"{pod.Spec.Subdomain}.{pod.Metadata.Namespace}.svc.{clusterDomain}";

    /// <summary>
    /// The pod's cgroup below the agent's root. Source: pkg/kubelet/cm/pod_container_manager_linux.go.
    /// </summary>
    public static string Cgroup(string cgroupRoot, string podUid, string qosClass)
    {
        var root = cgroupRoot.TrimEnd('/') + "/kubepods";
        return qosClass switch
        {
            PodQOSClass.Guaranteed => $"{root}/pod{podUid}",
            PodQOSClass.Burstable => $"{root}/burstable/pod{podUid}",
            _ => $"{root}/besteffort/pod{podUid}",
        };
    }
}
