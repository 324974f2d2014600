using Netes.Api.Core;
using static Netes.NodeTests.Pods.NodeFixture;

namespace Netes.NodeTests.Pods;

/// <summary>Pods from their creation to their end on a real containerd.</summary>
public sealed class PodLifecycleTests
{
    [Fact]
    public async Task Pod_runs_is_ready_and_leaves_nothing_when_deleted()
    {
        await using var node = await NodeFixture.StartAsync();
        var created = await node.CreateAsync(NewPod("web", Busybox("c", "echo hello; exec sleep 1000")));

        var pod = await node.WaitAsync("web", pod => pod.Status.Phase == PodPhase.Running && IsReady(pod));

        Assert.StartsWith("10.199.0.", pod.Status.PodIP, StringComparison.Ordinal);
        Assert.Equal("BestEffort", pod.Status.QOSClass);
        Assert.NotNull(pod.Status.ContainerStatuses[0].State.Running);
        Assert.StartsWith("containerd://", pod.Status.ContainerStatuses[0].ContainerID, StringComparison.Ordinal);
        Assert.Equal("hello\n", node.Log(pod, "c"));

        await node.Client.DeleteAsync<Pod>("default", "web", null, node.Limit);
        await node.WaitGoneAsync("web");
        var left = await node.Machine.Runtime.ListPodSandboxesAsync(created.Metadata.Uid, node.Limit);
        while (left.Count > 0)
        {
            await Task.Delay(20, node.Limit);
            left = await node.Machine.Runtime.ListPodSandboxesAsync(created.Metadata.Uid, node.Limit);
        }

        Assert.False(Directory.Exists(node.Options.PodDirectory(created.Metadata.Uid)));
        var events = await node.EventsAsync("web");
        Assert.Contains("Normal Created Container created", events);
        Assert.Contains("Normal Started Container started", events);
        Assert.Contains("Normal Killing Stopping container c", events);
    }

    private static bool IsReady(Pod pod) => pod.Status.Conditions.Any(condition =>
        condition is { Type: PodConditionType.Ready, Status: ConditionStatus.True });
}
