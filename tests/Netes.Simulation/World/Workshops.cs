using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Api.Meta;
using Netes.Client;
using Netes.Simulation.Checks;

namespace Netes.Simulation.World;

/// <summary>
/// What people do with devices: pods want one from a template, or share one; some work and end, some stay; and devices
/// get taints that drive pods away.
/// </summary>
/// <param name="client">In their name.</param>
/// <param name="mirror">What they see.</param>
/// <param name="random">What they decide.</param>
internal sealed class Workshops(KubernetesClient client, Mirror mirror, Random random)
{
    private const string Driver = "tools.example.com";
    private const string Class = "tools";
    private const string Namespace = "default";
    private const string Shared = "bench";
    private const string Last = "last-maker";
    private const int MaxMakers = 4;
    private static readonly string[] Nodes = ["node-0", "node-1"];
    private int _names;

    /// <summary>Before anybody works: two nodes have two tools each.</summary>
    public async Task MoveInAsync(CancellationToken cancel)
    {
        await client.CreateAsync(new DeviceClass { Metadata = new() { Name = Class } }, cancel);
        await client.CreateAsync(
            new ResourceClaimTemplate
            {
                Metadata = new() { Namespace = Namespace, Name = "tool" }, Spec = new() { Spec = Wanted() },
            },
            cancel);
        foreach (var node in Nodes)
        {
            await client.CreateAsync(
                new ResourceSlice
                {
                    Metadata = new() { Name = $"tools-{node}" },
                    Spec = new()
                    {
                        Driver = Driver,
                        NodeName = node,
                        Pool = new() { Name = node, Generation = 1, ResourceSliceCount = 1 },
                        Devices = [new Device { Name = "saw" }, new Device { Name = "drill" }],
                    },
                },
                cancel);
        }
    }

    public Task ActAsync(CancellationToken cancel)
    {
        var makers = Makers().ToList();
        return random.Next(10) switch
        {
            < 6 when makers.Count < MaxMakers => CreateAsync(
                string.Create(CultureInfo.InvariantCulture, $"maker{_names++}"), cancel),
            < 8 when makers.Count > 0 => DeleteAsync(makers[random.Next(makers.Count)], cancel),
            < 9 => mirror.DeviceClaims.Find($"{Namespace}/{Shared}") is null
                ? ShareAsync(cancel)
                : client.DeleteAsync<ResourceClaim>(Namespace, Shared, null, cancel),
            _ => TaintAsync(cancel),
        };
    }

    /// <summary>In the end all devices are whole again, and one pod has one; called again until that is done.</summary>
    public async Task TidyAsync(CancellationToken cancel)
    {
        foreach (var slice in mirror.DeviceSlices.Items.Where(slice =>
            slice.Spec.Devices.Any(device => !device.Taints.IsEmpty)).ToList())
        {
            await client.UpdateAsync(With(slice, []), cancel);
        }

        foreach (var maker in Makers().Where(pod => pod.Metadata.Name != Last).ToList())
        {
            await DeleteAsync(maker, cancel);
        }

        if (mirror.Pods.Find($"{Namespace}/{Last}") is null)
        {
            await CreateAsync(Last, cancel);
        }
    }

    private static ResourceClaimSpec Wanted() => new()
    {
        Devices = new()
        {
            Requests =
            [
                new()
                {
                    Name = "one",
                    Exactly = new()
                    {
                        DeviceClassName = Class, AllocationMode = DeviceAllocationMode.ExactCount, Count = 1,
                    },
                },
            ],
        },
    };

    private IEnumerable<Pod> Makers() => mirror.Pods.Items.Where(pod =>
        pod.Metadata.DeletionTimestamp is null && pod.Metadata.Labels.Get("app", "") == "maker");

    private Task DeleteAsync(Pod maker, CancellationToken cancel) =>
        client.DeleteAsync<Pod>(Namespace, maker.Metadata.Name, null, cancel);

    private Task ShareAsync(CancellationToken cancel) => client.CreateAsync(
        new ResourceClaim { Metadata = new() { Namespace = Namespace, Name = Shared }, Spec = Wanted() }, cancel);

    private async Task CreateAsync(string name, CancellationToken cancel)
    {
        var isShared = name != Last && random.Next(2) == 0;
        if (isShared && mirror.DeviceClaims.Find($"{Namespace}/{Shared}") is null)
        {
            await ShareAsync(cancel);
        }

        await client.CreateAsync(
            new Pod
            {
                Metadata = new() { Namespace = Namespace, Name = name, Labels = ValueMap.Of(("app", "maker")) },
                Spec = new()
                {
                    TerminationGracePeriodSeconds = 5,
                    RestartPolicy = name != Last && random.Next(2) == 0 ? RestartPolicy.Never : RestartPolicy.Always,
                    ResourceClaims =
                    [
                        isShared
                            ? new() { Name = "tool", ResourceClaimName = Shared }
                            : new() { Name = "tool", ResourceClaimTemplateName = "tool" },
                    ],
                    Containers =
                    [
                        new Container
                        {
                            Name = "main",
                            Image = "maker:1",
                            Resources = new() { Claims = [new() { Name = "tool" }] },
                        },
                    ],
                },
            },
            cancel);
    }

    /// <summary>A device breaks, or is whole again.</summary>
    private async Task TaintAsync(CancellationToken cancel)
    {
        if (mirror.DeviceSlices.Find($"tools-{Nodes[random.Next(Nodes.Length)]}") is { } slice)
        {
            var isBroken = slice.Spec.Devices.Any(device => !device.Taints.IsEmpty);
            await client.UpdateAsync(
                With(slice, isBroken ? [] : [new() { Key = "broken", Effect = DeviceTaintEffect.NoExecute }]), cancel);
        }
    }

    private static ResourceSlice With(ResourceSlice slice, ValueList<DeviceTaint> taints) => slice with
    {
        Spec = slice.Spec with
        {
            Pool = slice.Spec.Pool with { Generation = slice.Spec.Pool.Generation + 1 },
            Devices = slice.Spec.Devices.Select((device, index) =>
                index == 0 ? device with { Taints = taints } : device).ToValueList(),
        },
    };
}
