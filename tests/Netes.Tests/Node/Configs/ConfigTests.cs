using System.Net;
using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes;
using Netes.Nodes.Configs;
using Netes.Nodes.Environments;
using Netes.Nodes.Images;
using Netes.Tests.Node.Pods;

namespace Netes.Tests.Node.Configs;

/// <summary>Goal: the runtime is told what kubelet would tell it.</summary>
public sealed class ConfigTests
{
    private static readonly NodeAgentOptions Options = new()
    {
        NodeName = "n", NodeAddresses = [IPAddress.Loopback], ClusterDns = ["10.96.0.10"],
    };

    [Fact]
    public void Cluster_first_pods_ask_the_clusters_dns()
    {
        var config = PodDns.Of(PodSamples.NewPod(containers: "a"), Options, "nameserver 9.9.9.9\nsearch corp\n");

        Assert.Equal(["10.96.0.10"], config.Servers);
        Assert.Equal(["ns.svc.cluster.local", "svc.cluster.local", "cluster.local", "corp"], config.Searches);
        Assert.Equal(["ndots:5"], config.Options);
    }

    [Theory]
    [InlineData(DNSPolicy.Default, false, "9.9.9.9")]
    [InlineData(DNSPolicy.ClusterFirst, true, "9.9.9.9")]
    [InlineData(DNSPolicy.ClusterFirstWithHostNet, true, "10.96.0.10")]
    [InlineData(DNSPolicy.None, false, "")]
    public void Dns_policy_chooses_the_servers(string policy, bool hostNetwork, string expected)
    {
        var pod = PodSamples.NewPod(containers: "a");
        pod = pod with { Spec = pod.Spec with { DnsPolicy = policy, HostNetwork = hostNetwork } };

        var config = PodDns.Of(pod, Options, "nameserver 9.9.9.9\n");

        Assert.Equal(expected, string.Join(',', config.Servers));
    }

    [Fact]
    public void Own_dns_config_is_added()
    {
        var pod = PodSamples.NewPod(containers: "a");
        pod = pod with
        {
            Spec = pod.Spec with
            {
                DnsConfig = new()
                {
                    Nameservers = ["1.1.1.1"], Searches = ["x"], Options = [new() { Name = "ndots", Value = "2" }],
                },
            },
        };

        var config = PodDns.Of(pod, Options, "");

        Assert.Equal(["10.96.0.10", "1.1.1.1"], config.Servers);
        Assert.Equal("x", config.Searches[^1]);
        Assert.Equal(["ndots:2"], config.Options);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(250, 256)]
    [InlineData(1000, 1024)]
    [InlineData(1_000_000, 262_144)]
    public void Cpu_shares(long millis, long expected) => Assert.Equal(expected, ContainerResources.Shares(millis));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 1000)]
    [InlineData(500, 50_000)]
    [InlineData(2000, 200_000)]
    public void Cpu_quota(long millis, long expected) => Assert.Equal(expected, ContainerResources.Quota(millis));

    [Theory]
    [InlineData("$(A)", "1")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("$(B)", "$(B)")]
    [InlineData("a$(A)b$(A)", "a1b1")]
    [InlineData("$(A", "$(A")]
    [InlineData("$A $", "$A $")]
    [InlineData("$$$(A)", "$1")]
    public void Expansion_of_variables(string text, string expected) =>
        Assert.Equal(expected, Expansion.Expand(text, name => name == "A" ? "1" : null));

    [Fact]
    public void Service_variables_name_all_ports()
    {
        var service = new Service
        {
            Metadata = new() { Name = "my-db" },
            Spec = new()
            {
                ClusterIP = "10.0.0.9",
                Ports = [new() { Name = "sql", Port = 5432, Protocol = "TCP" }, new() { Port = 53, Protocol = "UDP" }],
            },
        };

        var variables = ServiceVariables.Of([service]).ToDictionary();

        Assert.Equal("10.0.0.9", variables["MY_DB_SERVICE_HOST"]);
        Assert.Equal("5432", variables["MY_DB_SERVICE_PORT"]);
        Assert.Equal("5432", variables["MY_DB_SERVICE_PORT_SQL"]);
        Assert.Equal("tcp://10.0.0.9:5432", variables["MY_DB_PORT"]);
        Assert.Equal("udp://10.0.0.9:53", variables["MY_DB_PORT_53_UDP"]);
        Assert.Equal("10.0.0.9", variables["MY_DB_PORT_5432_TCP_ADDR"]);
    }

    [Fact]
    public void Labels_are_written_as_quoted_lines() => Assert.Equal(
        "a=\"x\"\nb=\"say \\\"hi\\\"\\n\"", FieldPaths.Format(ValueMap.Of(("b", "say \"hi\"\n"), ("a", "x"))));

    [Theory]
    [InlineData("busybox", "busybox:latest")]
    [InlineData("busybox:1.36", "busybox:1.36")]
    [InlineData("localhost:5000/a/b", "localhost:5000/a/b:latest")]
    [InlineData("a@sha256:0123456789abcdef0123456789abcdef", "a@sha256:0123456789abcdef0123456789abcdef")]
    [InlineData("Upper", null)]
    [InlineData("", null)]
    [InlineData("a b", null)]
    public void Image_names_get_a_tag_or_are_none(string name, string? expected) =>
        Assert.Equal(expected, ImageNames.WithTag(name));

    [Fact]
    public void Root_is_refused_where_it_must_not_be()
    {
        var pod = PodSamples.NewPod(containers: "a");
        pod = pod with { Spec = pod.Spec with { SecurityContext = new() { RunAsNonRoot = true } } };
        var container = pod.Spec.Containers[0];

        var byImage = Assert.Throws<ConfigException>(() => SecurityContexts.VerifyNonRoot(pod, container, new()));
        Assert.Equal("container has runAsNonRoot and image will run as root (pod: \"p_ns(u)\", container: a)",
            byImage.Message);
        SecurityContexts.VerifyNonRoot(pod, container, new() { Uid = new() { Value = 5 } });
        SecurityContexts.VerifyNonRoot(pod, container with { SecurityContext = new() { RunAsUser = 5 } }, new());
    }

    [Fact]
    public void Hosts_file_names_the_pod_and_its_aliases()
    {
        var pod = PodSamples.NewPod(containers: "a");
        pod = pod with { Spec = pod.Spec with { HostAliases = [new() { IP = "1.2.3.4", Hostnames = ["x", "y"] }] } };

        var text = HostsFile.Of(pod, ["10.0.0.1"], "p", "sub.ns.svc.cluster.local");

        Assert.Contains("10.0.0.1\tp.sub.ns.svc.cluster.local\tp\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n# Entries added by HostAliases.\n1.2.3.4\tx\ty\n", text, StringComparison.Ordinal);
    }
}
