using System.Globalization;
using Netes.Api.Core;
using Netes.Nodes.Pods;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Configs;

/// <summary>What the runtime is told of a pod. Source: pkg/kubelet/kuberuntime/kuberuntime_sandbox.go.</summary>
public static class SandboxConfigs
{
    public static Cri.PodSandboxConfig Of(Pod pod, uint attempt, NodeAgentOptions options, string hostResolvConf)
    {
        var metadata = pod.Metadata;
        var config = new Cri.PodSandboxConfig
        {
            Metadata = new()
            {
                Name = metadata.Name, Namespace = metadata.Namespace, Uid = metadata.Uid, Attempt = attempt,
            },
            LogDirectory = options.PodLogDirectory(metadata.Namespace, metadata.Name, metadata.Uid),
            DnsConfig = PodDns.Of(pod, options, hostResolvConf),
            Linux = new()
            {
                CgroupParent = PodNames.Cgroup(options.CgroupRoot, metadata.Uid, QosOf(pod)),
                SecurityContext = SecurityContexts.OfSandbox(pod),
            },
        };
        if (!pod.Spec.HostNetwork)
        {
            config.Hostname = PodNames.Hostname(pod, options.ClusterDomain);
        }

        foreach (var (key, value) in metadata.Labels)
        {
            config.Labels[key] = value;
        }

        foreach (var (key, value) in metadata.Annotations)
        {
            config.Annotations[key] = value;
        }

        config.Labels[PodLabels.PodName] = metadata.Name;
        config.Labels[PodLabels.PodNamespace] = metadata.Namespace;
        config.Labels[PodLabels.PodUid] = metadata.Uid;
        config.Annotations[PodLabels.ConfigSource] = "api";
        if (pod.Spec.TerminationGracePeriodSeconds is { } grace)
        {
            config.Annotations[PodLabels.PodTerminationGracePeriod] = grace.ToString(CultureInfo.InvariantCulture);
        }

        if (pod.Spec.SecurityContext is { } security)
        {
            foreach (var sysctl in security.Sysctls)
            {
                // The API takes both forms, the runtime the one with dots.
                config.Linux.Sysctls[sysctl.Name.Replace('/', '.')] = sysctl.Value;
            }
        }

        AddPorts(config, pod);
        return config;
    }

    public static string QosOf(Pod pod) =>
        pod.Status.QOSClass.Length > 0 ? pod.Status.QOSClass : PodQos.Of(pod.Spec);

    private static void AddPorts(Cri.PodSandboxConfig config, Pod pod)
    {
        if (pod.Spec.HostNetwork)
        {
            return;
        }

        foreach (var port in PodContainers.AllOf(pod.Spec).SelectMany(c => (IEnumerable<ContainerPort>)c.Spec.Ports))
        {
            if (port.HostPort > 0)
            {
                config.PortMappings.Add(new Cri.PortMapping
                {
                    Protocol = port.Protocol switch
                    {
                        "UDP" => Cri.Protocol.Udp, "SCTP" => Cri.Protocol.Sctp, _ => Cri.Protocol.Tcp,
                    },
                    ContainerPort = port.ContainerPortValue,
                    HostPort = port.HostPort,
                    HostIp = port.HostIP,
                });
            }
        }
    }
}
