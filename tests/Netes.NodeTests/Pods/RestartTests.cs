using Netes.Api;
using Netes.Api.Coordination;
using Netes.Api.Core;
using static Netes.NodeTests.Pods.NodeFixture;

namespace Netes.NodeTests.Pods;

/// <summary>Agent and containerd come and go; containers stay.</summary>
public sealed class RestartTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Agent_that_restarts_touches_nothing()
    {
        await node.CreateAsync(NewPod("stays", Busybox("c", "exec sleep 1000")));
        var before = await node.WaitAsync("stays", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        await node.StopAgentAsync();
        var written = node.Api.PodStatuses.Count;
        node.StartAgent();

        await node.CreateAsync(NewPod("after", Busybox("c", "exec sleep 1000")));
        await node.WaitAsync("after", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);

        var after = await node.WaitAsync("stays", _ => true);
        Assert.Equal(before.Status, after.Status);
        Assert.DoesNotContain(node.Api.PodStatuses.Skip(written),
            status => status.ToJsonString()
                .Contains(before.Status.ContainerStatuses[0].ContainerID, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Containerd_that_restarts_touches_nothing()
    {
        await node.CreateAsync(NewPod("survivor", Busybox("c", "exec sleep 1000")));
        var before = await node.WaitAsync("survivor", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        await node.Machine.StopDaemonAsync();
        await node.Machine.StartDaemonAsync();

        await node.CreateAsync(NewPod("later", Busybox("c", "exec sleep 1000")));
        await node.WaitAsync("later", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);

        var after = await node.WaitAsync("survivor", _ => true);
        Assert.Equal(before.Status.ContainerStatuses[0].ContainerID, after.Status.ContainerStatuses[0].ContainerID);
        Assert.Equal(0, after.Status.ContainerStatuses[0].RestartCount);
    }

    [Fact]
    public async Task Pod_deleted_while_no_agent_is_there_is_ended()
    {
        var pod = await node.CreateAsync(NewPod("orphan", Busybox("c", "exec sleep 1000")));
        await node.WaitAsync("orphan", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        await node.StopAgentAsync();
        await node.Client.DeleteAsync<Pod>("default", "orphan", new() { GracePeriodSeconds = 0 }, node.Limit);
        node.StartAgent();

        await node.NoSandboxAsync(pod);
    }

    [Fact]
    public async Task Node_is_registered_with_its_lease()
    {
        await node.WaitRegisteredAsync();
        var registered = await node.Client.GetAsync<Node>("", "n1", node.Limit);

        Assert.Equal("linux", registered.Metadata.Labels["kubernetes.io/os"]);
        Assert.Equal("containerd://1.6.20", registered.Status.NodeInfo.ContainerRuntimeVersion);
        Assert.True(registered.Status.Allocatable["memory"] < registered.Status.Capacity["memory"]);
        Assert.Equal(Quantity.FromValue(110), registered.Status.Capacity["pods"]);
        // Beside the node, not after it.
        await Eventually.Async("the lease",
            async () => (await node.Client.ListAsync<Lease>("kube-node-lease", null, node.Limit)).Items,
            leases => leases is [{ Metadata.Name: "n1", Spec.HolderIdentity: "n1" }]);
    }
}
