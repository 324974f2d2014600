using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Devices;
using Netes.Nodes.Dra;

namespace Netes.Tests.Node.Devices;

/// <summary>Devices of pods, with a real driver behind a socket and a node's rights on a real API server.</summary>
public sealed class PodDevicesTests
{
    [Fact]
    public async Task Claims_are_prepared_once_and_given_back_with_their_last_pod()
    {
        await using var node = await DeviceNode.StartAsync();
        await using var driver = await RegisteredAsync(node);
        var (first, second) = (await node.PodAsync("p", "mine"), await node.PodAsync("q", "mine"));
        await node.ClaimAsync("mine", "p", "q");

        await node.Pods.PrepareAsync(first, DeviceNode.Cancel);
        await node.Pods.PrepareAsync(first, DeviceNode.Cancel);
        await node.Pods.PrepareAsync(second, DeviceNode.Cancel);

        Assert.Equal(["registered", "prepare mine"], driver.Calls);
        Assert.Equal(["d.example.com/gpu=mine"], node.DevicesOf(first));
        Assert.Equal(["d.example.com/gpu=mine"], node.DevicesOf(second));
        Assert.Contains("dra_resource_claims_in_use{driver_name=\"d.example.com\"} 1\n", node.MetricsText());

        await node.Pods.UnprepareAsync(first.Metadata.Uid, DeviceNode.Cancel);
        Assert.Equal(["registered", "prepare mine"], driver.Calls);
        Assert.False(node.Pods.Holds(first));
        await node.Pods.UnprepareAsync(second.Metadata.Uid, DeviceNode.Cancel);
        await node.Pods.UnprepareAsync(second.Metadata.Uid, DeviceNode.Cancel);

        Assert.Equal(["registered", "prepare mine", "unprepare mine"], driver.Calls);
        Assert.Empty(node.Pods.PodUids);
        var metrics = node.MetricsText();
        Assert.Contains("dra_resource_claims_in_use{driver_name=\"<any>\"} 0\n", metrics);
        Assert.Contains(
            "dra_operations_duration_seconds_count{operation_name=\"PrepareResources\",is_error=\"false\"} 3\n", metrics);
        Assert.Contains(
            "dra_operations_duration_seconds_count{operation_name=\"UnprepareResources\",is_error=\"false\"} 3\n",
            metrics);
        Assert.Contains("dra_grpc_operations_duration_seconds_count{driver_name=\"d.example.com\","
            + "method_name=\"/k8s.io.kubelet.pkg.apis.dra.v1.DRAPlugin/NodePrepareResources\",grpc_status_code=\"OK\"} 1\n",
            metrics);
    }

    [Fact]
    public async Task Container_gets_the_devices_of_the_requests_that_it_names()
    {
        await using var node = await DeviceNode.StartAsync();
        await using var driver = await RegisteredAsync(node, "v1beta1.DRAPlugin");
        driver.Prepare = _ => new()
        {
            Devices =
            {
                new Device { PoolName = "n1", DeviceName = "a", RequestNames = { "gpu" }, CdiDeviceIds = { "x/y=a" } },
                new Device { PoolName = "n1", DeviceName = "b", RequestNames = { "nic" }, CdiDeviceIds = { "x/y=b" } },
                new Device { PoolName = "n1", DeviceName = "c", CdiDeviceIds = { "x/y=c", "x/y=a" } },
                new Device { PoolName = "n1", DeviceName = "d", RequestNames = { "gpu" } },
            },
        };
        var pod = await node.PodAsync("p", "mine");
        await node.ClaimAsync("mine", "p");
        await node.Pods.PrepareAsync(pod, DeviceNode.Cancel);

        Assert.Equal(["x/y=a", "x/y=b", "x/y=c"], node.DevicesOf(pod));
        Assert.Equal(["x/y=b", "x/y=c", "x/y=a"], node.Pods.CdiDevicesOf(pod, new()
        {
            Name = "other", Resources = new() { Claims = [new() { Name = "mine", Request = "nic" }] },
        }));
        Assert.Empty(node.Pods.CdiDevicesOf(pod, new() { Name = "without" }));
        Assert.Contains("dra.v1beta1.DRAPlugin/NodePrepareResources\"", node.MetricsText());
    }

    [Fact]
    public async Task Claims_that_a_pod_may_not_use_are_refused_in_a_kubelets_words()
    {
        await using var node = await DeviceNode.StartAsync();
        var pod = await node.PodAsync("p", "mine");
        const string Intro = "prepare dynamic resources: ";
        Assert.Equal(Intro + "fetch ResourceClaim mine: resourceclaims.resource.k8s.io \"mine\" not found",
            await node.FailsAsync(pod));

        var claim = await node.ClaimAsync("mine");
        Assert.Equal(Intro + $"pod p ({pod.Metadata.Uid}) is not allowed to use ResourceClaim mine "
            + $"({claim.Metadata.Uid})", await node.FailsAsync(pod));

        await node.ReserveAsync(claim, "p");
        Assert.Equal(Intro + "DRA driver d.example.com is not registered", await node.FailsAsync(pod));

        // What was never prepared need not be given back, although there is no driver.
        Assert.Empty(node.Pods.PodUids);
        await node.Pods.UnprepareAsync(pod.Metadata.Uid, DeviceNode.Cancel);

        var made = pod with
        {
            Spec = pod.Spec with
            {
                ResourceClaims = [new PodResourceClaim { Name = "mine", ResourceClaimTemplateName = "template" }],
            },
        };
        Assert.Equal(Intro + "pod \"default/p\": ResourceClaim not created yet", await node.FailsAsync(made));
        Assert.Equal(Intro + "ResourceClaim default/mine was not created for Pod default/p (Pod is not owner)",
            await node.FailsAsync(made with
            {
                Status = new()
                {
                    ResourceClaimStatuses = [new() { Name = "mine", ResourceClaimName = "mine" }],
                },
            }));

        // The status may say that no claim is needed.
        await node.Pods.PrepareAsync(
            made with { Status = new() { ResourceClaimStatuses = [new() { Name = "mine" }] } }, DeviceNode.Cancel);
        Assert.Contains(
            "dra_operations_duration_seconds_count{operation_name=\"PrepareResources\",is_error=\"true\"} 5\n",
            node.MetricsText());
    }

    [Fact]
    public async Task Failures_of_a_driver_are_told_and_tried_again()
    {
        await using var node = await DeviceNode.StartAsync();
        await using var driver = await RegisteredAsync(node);
        var pod = await node.PodAsync("p", "mine");
        await node.ClaimAsync("mine", "p");
        var good = driver.Prepare;
        driver.Prepare = _ => new() { Error = "no power" };
        Assert.Equal("prepare dynamic resources: NodePrepareResources failed for ResourceClaim mine: no power",
            await node.FailsAsync(pod));
        driver.Prepare = _ => null;
        Assert.Equal("prepare dynamic resources: NodePrepareResources skipped 1 ResourceClaims",
            await node.FailsAsync(pod));
        driver.Prepare = _ => throw new Grpc.Core.RpcException(
            new(Grpc.Core.StatusCode.Internal, "broken, 100%"));
        Assert.Equal("prepare dynamic resources: NodePrepareResources: rpc error: code = Internal desc = broken, 100%",
            await node.FailsAsync(pod));
        Assert.Contains("grpc_status_code=\"Internal\"} 1\n", node.MetricsText());
        Assert.Empty(node.DevicesOf(pod));

        driver.Prepare = good;
        await node.Pods.PrepareAsync(pod, DeviceNode.Cancel);
        Assert.Equal(["d.example.com/gpu=mine"], node.DevicesOf(pod));

        driver.Unprepare = _ => "still in use";
        var error = await Assert.ThrowsAsync<DeviceException>(
            () => node.Pods.UnprepareAsync(pod.Metadata.Uid, DeviceNode.Cancel));
        Assert.Equal("unprepare dynamic resources: NodeUnprepareResources failed for ResourceClaim mine: still in use",
            error.Message);
        Assert.True(node.Pods.Holds(pod));
        driver.Unprepare = _ => "";
        await node.Pods.UnprepareAsync(pod.Metadata.Uid, DeviceNode.Cancel);
        Assert.Empty(node.Pods.PodUids);
    }

    [Fact]
    public async Task Claim_that_was_made_anew_waits_until_the_old_one_was_given_back()
    {
        await using var node = await DeviceNode.StartAsync();
        await using var driver = await RegisteredAsync(node);
        var pod = await node.PodAsync("p", "mine");
        var old = await node.ClaimAsync("mine", "p");
        await node.Pods.PrepareAsync(pod, DeviceNode.Cancel);
        await node.ReserveAsync(old);
        await node.Cluster.Client.DeleteAsync<Netes.Api.DynamicResources.ResourceClaim>(
            "default", "mine", null, DeviceNode.Cancel);
        await node.ClaimAsync("mine", "p");

        Assert.Equal("prepare dynamic resources: old ResourceClaim with same name mine and different UID "
            + $"{old.Metadata.Uid} still exists (previous pod force-deleted?!)", await node.FailsAsync(pod));

        await node.Pods.UnprepareAsync(pod.Metadata.Uid, DeviceNode.Cancel);
        await node.Pods.PrepareAsync(pod, DeviceNode.Cancel);
        await driver.HeardAsync("prepare mine", times: 2);
    }

    [Fact]
    public async Task Agent_that_was_killed_knows_what_is_prepared()
    {
        await using var node = await DeviceNode.StartAsync();
        await using var driver = await RegisteredAsync(node);
        var (stays, goes) = (await node.PodAsync("stays", "mine"), await node.PodAsync("goes", "other"));
        await node.ClaimAsync("mine", "stays");
        await node.ClaimAsync("other", "goes");
        // It is written down before the driver is asked: an agent that dies meanwhile has not forgotten it.
        var (good, noted) = (driver.Prepare, 0);
        driver.Prepare = claim =>
        {
            noted += ClaimCheckpoint.Read(node.Folder + "/dra_manager_state").Count(item => item.Uid == claim.Uid);
            return good(claim);
        };
        await node.Pods.PrepareAsync(stays, DeviceNode.Cancel);
        await node.Pods.PrepareAsync(goes, DeviceNode.Cancel);
        Assert.Equal(2, noted);
        driver.Prepare = good;
        await node.StopAgentAsync();
        node.StartAgent();
        await driver.HeardAsync("registered", times: 2);

        // A container that starts anew in its sandbox needs nobody.
        Assert.True(node.Pods.Holds(stays));
        Assert.Equal(["d.example.com/gpu=mine"], node.DevicesOf(stays));
        Assert.Equal(1, driver.Calls.Count(call => call == "prepare mine"));

        // A new sandbox has it prepared again: that changes nothing, and a driver may have been made anew meanwhile.
        await node.Pods.PrepareAsync(stays, DeviceNode.Cancel);
        await node.Pods.PrepareAsync(stays, DeviceNode.Cancel);
        Assert.Equal(2, driver.Calls.Count(call => call == "prepare mine"));
        Assert.Equal(["d.example.com/gpu=mine"], node.DevicesOf(stays));

        // A pod that went while no agent was there.
        await node.Pods.UnprepareVanishedAsync(
            node.Pods.PodUids.Except([stays.Metadata.Uid]), DeviceNode.Cancel);
        await driver.HeardAsync("unprepare other");
        Assert.Equal([stays.Metadata.Uid], node.Pods.PodUids);
        Assert.InRange(node.Pods.RetryAfter, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Claim_of_extended_resources_goes_to_the_containers_that_asked_for_them()
    {
        await using var node = await DeviceNode.StartAsync();
        await using var driver = await RegisteredAsync(node);
        var pod = await node.PodAsync("p", ValueMap.Of(("example.com/gpu", Quantity.Parse("1"))));
        await node.ClaimAsync("extended", "p");
        pod = await node.Cluster.Client.UpdateStatusAsync(pod with
        {
            Spec = pod.Spec with { ResourceClaims = [] },
            Status = pod.Status with
            {
                ExtendedResourceClaimStatus = new()
                {
                    ResourceClaimName = "extended",
                    RequestMappings =
                        [new() { ContainerName = "c", ResourceName = "example.com/gpu", RequestName = "gpu" }],
                },
            },
        }, DeviceNode.Cancel);

        await node.Pods.PrepareAsync(pod, DeviceNode.Cancel);

        var asking = pod.Spec.Containers[0];
        Assert.Equal(["d.example.com/gpu=extended"], node.Pods.CdiDevicesOf(pod, asking));
        Assert.Empty(node.Pods.CdiDevicesOf(pod, asking with { Name = "other" }));
        Assert.Empty(node.Pods.CdiDevicesOf(pod, asking with { Resources = new() }));
    }

    private static async Task<TestDriver> RegisteredAsync(DeviceNode node, string service = "v1.DRAPlugin")
    {
        var driver = new TestDriver(node.Folder, service);
        await driver.StartAsync();
        await driver.HeardAsync("registered");
        return driver;
    }
}
