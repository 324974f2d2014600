using Netes.Cli.Commands;
using Netes.Cli.Machine;

namespace Netes.Tests.Cli.Commands;

public sealed class NodeFlagsTests
{
    [Theory]
    [InlineData("a=b:NoSchedule", "a", "b", "NoSchedule")]
    [InlineData("node-role.kubernetes.io/control-plane:NoExecute", "node-role.kubernetes.io/control-plane", "",
        "NoExecute")]
    public void Taints_are_read_as_kubelet_does(string text, string key, string value, string effect)
    {
        var taint = NodeFlags.ParseTaint(text);
        Assert.Equal((key, value, effect), (taint.Key, taint.Value, taint.Effect));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a=b")]
    [InlineData(":NoSchedule")]
    [InlineData("a:Never")]
    public void Other_taints_are_refused(string text) =>
        Assert.Throws<ToolException>(() => NodeFlags.ParseTaint(text));

    [Theory]
    [InlineData("    sandbox_image = \"registry.k8s.io/pause:3.6\"\n", "registry.k8s.io/pause:3.6")]
    [InlineData("[x.pinned_images]\n  sandbox = 'registry.k8s.io/pause:3.10'\n", "registry.k8s.io/pause:3.10")]
    [InlineData("[plugins.'sandboxer']\n", null)]
    public void Sandbox_image_is_found_in_containerds_configuration(string config, string? name) =>
        Assert.Equal(name, HostRuntime.ParseSandboxImage(config));
}
