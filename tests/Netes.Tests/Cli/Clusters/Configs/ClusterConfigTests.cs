using Netes.Cli.Clusters;
using Netes.Cli.Clusters.Configs;

namespace Netes.Tests.Cli.Clusters.Configs;

public sealed class ClusterConfigTests
{
    private const string Head = "kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n";

    [Fact]
    public void Kinds_form_is_understood()
    {
        var parsed = ClusterConfig.Parse(Head +
            """
            name: demo
            networking:
              podSubnet: 10.10.0.0/16
              apiServerPort: 6443
              disableDefaultCNI: true
            nodes:
            - role: control-plane
              extraPortMappings:
              - containerPort: 30080
                hostPort: 8080
                listenAddress: 127.0.0.1
                protocol: udp
            - role: worker
              labels: { tier: front, size: 3 }
              extraMounts:
              - hostPath: /tmp
                containerPath: /data
                readOnly: true
            - role: worker
            """);

        Assert.Empty(parsed.Errors);
        Assert.Equal("demo", parsed.Options.Name);
        Assert.Equal(("10.10.0.0/16", 6443, true),
            (parsed.Options.PodSubnet, parsed.Options.ApiServerPort, parsed.Options.DisableDefaultCni));
        Assert.Equal(["control-plane", "worker", "worker"], parsed.Options.Nodes.Select(node => node.Role));
        Assert.Equal([new PortMapping("127.0.0.1", 8080, 30080, "UDP")], parsed.Options.Nodes[0].Ports);
        Assert.Equal([new ExtraMount("/tmp", "/data", true)], parsed.Options.Nodes[1].Mounts);
        Assert.Equal("3", parsed.Options.Nodes[1].Labels["size"]);
    }

    [Theory]
    [InlineData("nodes:\n- role: control-plane\n  foo: 1\n", "unknown field \"nodes[0].foo\"")]
    [InlineData("networking: { podSubnt: x }\n", "unknown field \"networking.podSubnt\"")]
    [InlineData("nodes:\n- role: master\n", "nodes[0].role: \"master\" is not a valid node role")]
    [InlineData("nodes:\n- role: worker\n", "must have at least one control-plane node")]
    [InlineData("nodes: 3\n", "nodes: a list is expected")]
    [InlineData("name: Demo_1\n", "'Demo_1' is not a valid cluster name")]
    [InlineData("nodes:\n- extraPortMappings:\n  - containerPort: 0\n", "containerPort: invalid port number: 0")]
    [InlineData("networking: { serviceSubnet: nonsense }\n", "invalid subnet \"nonsense\"")]
    public void Bad_input_is_told_with_its_path(string text, string expected) =>
        Assert.Contains(ClusterConfig.Parse(Head + text).Errors, error => error.Contains(expected));

    [Theory]
    [InlineData("")]
    [InlineData("a: [1\nb: 2")]
    [InlineData("kind: Cluster\napiVersion: kind.x-k8s.io/v1\n")]
    public void Text_that_is_no_configuration_is_refused(string text) =>
        Assert.NotEmpty(ClusterConfig.Parse(text).Errors);

    [Fact]
    public void Kubeadm_patches_are_said_to_have_no_effect()
    {
        var parsed = ClusterConfig.Parse(Head + "kubeadmConfigPatches:\n- x\n");
        Assert.Empty(parsed.Errors);
        Assert.Contains("kubeadmConfigPatches has no effect", Assert.Single(parsed.Warnings));
    }
}
