using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Devices;
using Netes.Tests.Node.Devices;
using static Netes.NodeTests.Pods.NodeFixture;

namespace Netes.NodeTests.Pods;

/// <summary>Devices that a pod claims, from a real driver's socket to a real container.</summary>
public sealed class DeviceTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Container_gets_the_devices_of_its_claim_and_the_driver_gets_them_back()
    {
        var pod = Claiming("devices", "mine", "echo gpu=$GPU $(cat /opt/gpu/name); ls -l /dev/gpu0; exec sleep 1000");
        Describe("mine", """
            {"path": "/dev/gpu0", "hostPath": "/dev/null", "permissions": "rw"}
            """, "");
        await ClaimAsync("mine", pod);
        await node.CreateAsync(pod);
        await node.EventAsync("devices", "Warning FailedPrepareDynamicResources Failed to prepare dynamic resources: "
            + "prepare dynamic resources: DRA driver d.example.com is not registered");

        // The pod need not wait for its next attempt: the driver's arrival is enough.
        await using var driver = new TestDriver(node.Options.DataDirectory);
        await driver.StartAsync();

        var running = await node.WaitAsync("devices", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        var log = await node.LogAsync(running, "c", "/dev/gpu0");
        Assert.StartsWith("gpu=mine the one\ncrw", log, StringComparison.Ordinal);
        var resource = Assert.Single(running.Status.ContainerStatuses[0].AllocatedResourcesStatus.ToArray());
        Assert.Equal("claim:mine", resource.Name);
        Assert.Equal("d.example.com/gpu=mine", resource.Resources[0].ResourceID);

        await node.StopAgentAsync();
        node.StartAgent();
        await driver.HeardAsync("registered", times: 2);
        await node.Client.DeleteAsync<Pod>("default", "devices", null, node.Limit);
        await node.WaitGoneAsync("devices");

        Assert.Equal(
            ["registered", "prepare mine", "registered", "unprepare mine"], driver.Calls);
    }

    [Fact]
    public async Task Device_that_cannot_be_given_to_a_container_keeps_it_from_starting()
    {
        await using var driver = new TestDriver(node.Options.DataDirectory);
        await driver.StartAsync();
        var unknown = Claiming("unknown", "nowhere", "exec sleep 1000");
        await ClaimAsync("nowhere", unknown);
        await node.CreateAsync(unknown);
        var hooked = Claiming("hooked", "hook", "exec sleep 1000");
        Describe("hook", "", """
            {"hookName": "createContainer", "path": "/bin/true"}
            """);
        await ClaimAsync("hook", hooked);
        await node.CreateAsync(hooked);

        var pod = await node.WaitAsync("unknown", IsNotCreated);
        Assert.Contains("unresolvable CDI devices d.example.com/gpu=nowhere", MessageOf(pod), StringComparison.Ordinal);
        await node.EventAsync("unknown", "Warning Failed Error: ");
        if (CdiInjection.HasCdi(await node.Machine.Runtime.VersionAsync(node.Limit)))
        {
            await node.WaitAsync("hooked", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        }
        else
        {
            pod = await node.WaitAsync("hooked", IsNotCreated);
            Assert.EndsWith("does not have the Container Device Interface, without which hooks of "
                + "d.example.com/gpu=hook cannot be passed on", MessageOf(pod), StringComparison.Ordinal);
            await node.EventAsync("hooked", "Warning Failed Error: CDI device injection failed: containerd ");
        }

        foreach (var name in new[] { "unknown", "hooked" })
        {
            await node.Client.DeleteAsync<Pod>("default", name, null, node.Limit);
            await node.WaitGoneAsync(name);
        }
    }

    private static bool IsNotCreated(Pod pod) =>
        pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "CreateContainerError" }];

    private static string MessageOf(Pod pod) => pod.Status.ContainerStatuses[0].State.Waiting!.Message;

    private static Pod Claiming(string name, string claim, string script)
    {
        var pod = NewPod(name, Busybox("c", script) with
        {
            Resources = new() { Claims = [new ResourceClaim { Name = claim }] },
        });
        return pod with
        {
            Metadata = pod.Metadata with { Uid = $"uid-{name}" },
            Spec = pod.Spec with
            {
                ResourceClaims = [new PodResourceClaim { Name = claim, ResourceClaimName = claim }],
            },
        };
    }

    private Task ClaimAsync(string name, Pod pod) => node.Client.CreateAsync(
        new Netes.Api.DynamicResources.ResourceClaim
        {
            Metadata = new() { Name = name, Namespace = "default" },
            Status = new()
            {
                Allocation = new()
                {
                    Devices = new()
                    {
                        Results = [new() { Request = "gpu", Driver = TestDriver.Name, Pool = "n1", Device = "gpu-0" }],
                    },
                },
                ReservedFor = [new() { Resource = "pods", Name = pod.Metadata.Name, Uid = pod.Metadata.Uid }],
            },
        }, node.Limit);

    /// <summary>Writes what a driver writes for the runtime.</summary>
    private void Describe(string device, string deviceNode, string hook)
    {
        var folder = node.Options.CdiDirectories[0];
        Directory.CreateDirectory(folder);
        File.WriteAllText(folder + "/gpu-name", "the one");
        File.WriteAllText($"{folder}/d.example.com-{device}.json", $$"""
            {
              "cdiVersion": "0.5.0", "kind": "d.example.com/gpu",
              "devices": [{
                "name": "{{device}}",
                "containerEdits": { "env": ["GPU={{device}}"], "deviceNodes": [{{deviceNode}}], "hooks": [{{hook}}] }
              }],
              "containerEdits": {
                "mounts": [{
                  "hostPath": "{{folder}}/gpu-name", "containerPath": "/opt/gpu/name", "options": ["ro", "bind"]
                }]
              }
            }
            """);
    }
}
