using Microsoft.Extensions.Time.Testing;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Api.Telemetry;
using Netes.Nodes.Devices;
using Netes.Nodes.DraHealth;
using Netes.Nodes.Runtime;
using Netes.Tests.ControlPlane.ResourceClaims;

namespace Netes.Tests.Node.Devices;

/// <summary>Drivers that come and go, and what becomes of what they offer.</summary>
public sealed class DeviceDriversTests
{
    [Fact]
    public async Task Driver_is_registered_when_its_socket_comes_and_not_any_more_when_it_goes()
    {
        await using var node = await DeviceNode.StartAsync();
        await using var driver = new TestDriver(node.Folder);
        await driver.StartAsync();
        await driver.HeardAsync("registered");

        // Made anew under its path it is another one.
        await driver.UnregisterAsync();
        await driver.RegisterAsync();
        await driver.HeardAsync("registered", times: 2);

        // An agent that starts looks at what is there.
        await node.StopAgentAsync();
        node.StartAgent();
        await driver.HeardAsync("registered", times: 3);
    }

    [Fact]
    public async Task Plugins_that_cannot_be_asked_are_told_why()
    {
        await using var node = await DeviceNode.StartAsync();
        await using (var storage = new TestDriver(node.Folder) { Info = new() { Type = "CSIPlugin", Name = "s" } })
        {
            await storage.StartAsync();
            await storage.HeardAsync("refused RegisterPlugin error -- no handler registered for plugin type: CSIPlugin "
                + $"at socket {storage.RegistrationSocket}");
        }

        await using var old = new TestDriver(node.Folder)
        {
            Info = new() { Type = "DRAPlugin", Name = "old", SupportedVersions = { "v1alpha4.Node" } },
        };
        await old.StartAsync();
        await old.HeardAsync("refused RegisterPlugin error -- plugin registration failed with err: invalid supported "
            + $"gRPC versions of DRA driver plugin old at endpoint {old.PluginSocket}: none of services supported by "
            + "the plugin ([\"v1alpha4.Node\"]) are supported by the kubelet ([\"v1.DRAPlugin\" \"v1beta1.DRAPlugin\"])");
    }

    [Fact]
    public async Task Driver_that_went_before_it_was_asked_answers_as_one_that_is_not_there()
    {
        var time = TimeProvider.System;
        var driver = new DeviceDriver(
            TestDriver.Name, "/not/there", DeviceDriver.Services[0], new DeviceMetrics(new MetricRegistry(), time),
            time, static _ => { }, static (_, _) => { });
        driver.Dispose();
        var error = await Assert.ThrowsAsync<RuntimeException>(() => driver.PrepareAsync(new(), DeviceNode.Cancel));
        Assert.Equal(Grpc.Core.StatusCode.Unavailable, error.Code);
    }

    [Fact]
    public async Task Slices_of_a_driver_that_stays_away_are_deleted()
    {
        var time = new FakeTimeProvider();
        await using var node = await DeviceNode.StartAsync(time);
        await using var driver = new TestDriver(node.Folder);
        await driver.StartAsync();
        await HeardAsync(driver, "registered", time);
        await node.Cluster.Client.CreateAsync(DeviceObjects.Slice("n1"), DeviceNode.Cancel);
        await node.Cluster.Client.CreateAsync(DeviceObjects.Slice("n2"), DeviceNode.Cancel);
        await DeviceNode.UntilAsync(() => node.IsReached(TestDriver.Name));

        // A short absence costs nothing, however often.
        await driver.StopPluginAsync();
        await DeviceNode.UntilAsync(() => !node.IsReached(TestDriver.Name));
        time.Advance(DeviceDrivers.WipeDelay * 0.6);
        await driver.StartPluginAsync();
        var arrivals = node.Arrivals;
        await DeviceNode.UntilAsync(
            () => node.IsReached(TestDriver.Name), () => time.Advance(TimeSpan.FromMilliseconds(100)));
        Assert.True(node.Arrivals > arrivals);
        time.Advance(DeviceDrivers.WipeDelay);
        Assert.Equal(2, (await node.Cluster.Client.ListAsync<ResourceSlice>("", null, DeviceNode.Cancel)).Items.Count);

        await driver.UnregisterAsync();
        await DeviceNode.UntilAsync(() => !node.IsKnown(TestDriver.Name));
        var wiped = node.Cluster.WaitForListAsync<ResourceSlice>("", items => items.Count == 1);
        await DeviceNode.UntilAsync(() => wiped.IsCompleted, () => time.Advance(TimeSpan.FromSeconds(1)));
        Assert.Equal("n2", (await wiped)[0].Spec.NodeName);
    }

    [Fact]
    public async Task Agent_that_starts_takes_back_what_nobody_registered_offers()
    {
        await using var node = await DeviceNode.StartAsync();
        await node.StopAgentAsync();
        await node.Cluster.Client.CreateAsync(DeviceObjects.Slice("n1"), DeviceNode.Cancel);
        await node.Cluster.Client.CreateAsync(DeviceObjects.Slice("n2"), DeviceNode.Cancel);

        node.StartAgent();

        var left = await node.Cluster.WaitForListAsync<ResourceSlice>("", items => items.Count == 1);
        Assert.Equal("n2", left[0].Spec.NodeName);
    }

    [Fact]
    public async Task Health_of_devices_is_in_the_statuses_of_containers_until_it_is_too_old()
    {
        var time = new FakeTimeProvider();
        await using var node = await DeviceNode.StartAsync(time);
        await using var driver = new TestDriver(node.Folder) { HasHealth = true };
        await driver.StartAsync();
        var pod = await node.PodAsync("p", "mine");
        await node.ClaimAsync("mine", "p");
        await HeardAsync(driver, "health", time);
        await node.Pods.PrepareAsync(pod, DeviceNode.Cancel);
        Assert.Equal((ResourceHealthStatus.Unknown, null), HealthOf(node, pod));
        Assert.Null(node.Devices.HealthOf(pod).Until);

        await driver.TellHealthAsync(Report(HealthStatus.Unhealthy, "too hot", 0));
        Assert.Equal(pod.Metadata.Uid, await node.Woken.Reader.ReadAsync(DeviceNode.Cancel));
        Assert.Equal((ResourceHealthStatus.Unhealthy, "too hot"), HealthOf(node, pod));

        await driver.TellHealthAsync(Report(HealthStatus.Healthy, "", 60));
        await node.Woken.Reader.ReadAsync(DeviceNode.Cancel);
        Assert.Equal((ResourceHealthStatus.Healthy, null), HealthOf(node, pod));
        Assert.Equal(time.GetUtcNow().AddSeconds(60), node.Devices.HealthOf(pod).Until);

        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((ResourceHealthStatus.Unknown, null), HealthOf(node, pod));
        await driver.TellHealthAsync(Report(HealthStatus.Unhealthy, "", 60));
        await node.Woken.Reader.ReadAsync(DeviceNode.Cancel);

        // Whoever cannot be asked any more has nothing to say.
        await driver.StopPluginAsync();
        await node.Woken.Reader.ReadAsync(DeviceNode.Cancel);
        Assert.Equal((ResourceHealthStatus.Unknown, null), HealthOf(node, pod));
    }

    private static NodeWatchResourcesResponse Report(HealthStatus health, string message, int seconds) => new()
    {
        Devices =
        {
            new DeviceHealth
            {
                Device = new() { PoolName = "n1", DeviceName = "gpu-0" }, Health = health, Message = message,
                HealthCheckTimeoutSeconds = seconds,
            },
        },
    };

    private static (string Health, string? Message) HealthOf(DeviceNode node, Pod pod)
    {
        var status = Assert.Single(node.Devices.HealthOf(pod).Containers["c"].ToArray());
        Assert.Equal("claim:mine", status.Name);
        var device = Assert.Single(status.Resources.ToArray());
        Assert.Equal("d.example.com/gpu=mine", device.ResourceID);
        return (device.Health, device.Message);
    }

    /// <summary>A plugin that was met before it listened is tried again as the clock goes on.</summary>
    private static Task HeardAsync(TestDriver driver, string call, FakeTimeProvider time) => DeviceNode.UntilAsync(
        () => driver.Calls.Contains(call), () => time.Advance(TimeSpan.FromMilliseconds(100)));
}
