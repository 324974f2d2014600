using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;
using Netes.Tests.ControlPlane.ResourceClaims;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.ResourceClaims.DeviceObjects;

namespace Netes.Tests.ControlPlane.Scheduler.Devices;

/// <summary>A real scheduler and real controllers with two nodes, n2 with devices of the class gpus.</summary>
internal static class DeviceClusters
{
    public static async Task<TestCluster> StartAsync(params ValueList<Device> devices)
    {
        var cluster = await TestCluster.StartAsync();
        await cluster.StartControlPlaneAsync();
        foreach (var name in new[] { "n1", "n2" })
        {
            await WorkloadTests.CreateNodeAsync(cluster, MakeNode(name));
        }

        await cluster.Client.CreateAsync(Class("gpus"), TestCluster.Cancel);
        await cluster.Client.CreateAsync(
            Slice("n2", devices.IsEmpty ? [NewDevice("a"), NewDevice("b")] : devices), TestCluster.Cancel);
        await cluster.WaitForAsync<ServiceAccount>("default", "default", account => account is not null);
        return cluster;
    }

    public static Task CreateAsync(TestCluster cluster, Pod pod) => cluster.Client.CreateAsync(
        pod with { Metadata = new() { Namespace = "default", Name = pod.Metadata.Name }, Status = new() },
        TestCluster.Cancel);

    public static Task CreateClaimAsync(TestCluster cluster, string name, params ValueList<DeviceRequest> requests) =>
        cluster.Client.CreateAsync(
            Claim(name, requests) with { Metadata = new() { Namespace = "default", Name = name } },
            TestCluster.Cancel);

    public static async Task<string> NodeOfAsync(TestCluster cluster, string pod) =>
        (await cluster.WaitForAsync<Pod>("default", pod, item => item is { Spec.NodeName.Length: > 0 }))!.Spec.NodeName;

    public static Task RefusedAsync(TestCluster cluster, string pod, string message) =>
        cluster.WaitForAsync<Pod>("default", pod, item => item!.Status.Conditions.Any(condition =>
            condition.Type == PodConditionType.PodScheduled && condition.Reason == "Unschedulable"
            && condition.Message.StartsWith(message, StringComparison.Ordinal)));
}
