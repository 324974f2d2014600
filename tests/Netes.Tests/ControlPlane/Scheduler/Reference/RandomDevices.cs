using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;
using Netes.ControlPlane.Scheduling;
using Netes.Tests.ControlPlane.ResourceClaims;

namespace Netes.Tests.ControlPlane.Scheduler.Reference;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

/// <summary>
/// Devices of some nodes, the same for all resources that stand for them, and what of them the pods have that came.
/// </summary>
internal sealed class RandomDevices
{
    /// <summary>Two names of one class, and one that no class has.</summary>
    public static readonly string[] Resources =
        ["example.com/gpu", "deviceclass.resource.kubernetes.io/gpus", "example.com/none"];

    private readonly Dictionary<string, int> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectKey, AllocationResult> _taken = [];
    private DeviceWorld? _world;

    public RandomDevices(Random random)
    {
        for (var i = 0; i < 100; i++)
        {
            _devices[$"n{i}"] = random.Next(4);
        }
    }

    /// <summary>What is known of them at the start of the scheduler.</summary>
    public DeviceWorld Create(InformerSet informers)
    {
        Add(informers, DeviceObjects.Class("gpus", Resources[0]));
        foreach (var (node, count) in _devices)
        {
            Add(informers, DeviceObjects.Slice(
                node, [.. Enumerable.Range(0, count).Select(i => DeviceObjects.NewDevice($"d{i}"))]));
        }

        return _world = new DeviceWorld(informers);
    }

    /// <summary>So many of the resource come of devices, if the node has none of it itself.</summary>
    public static long Wanted(Pod pod, Node node) => pod.Spec.Containers
        .SelectMany(container => container.Resources.Requests)
        .Where(pair => Array.IndexOf(Resources, pair.Key) is 0 or 1 && !node.Status.Allocatable.ContainsKey(pair.Key))
        .Sum(pair => pair.Value.Value);

    public long FreeOn(string node) => _devices.GetValueOrDefault(node) - _taken.Values
        .SelectMany(allocation => allocation.Devices.Results).Count(result => result.Pool == node);

    /// <summary>The pod takes what is free, as if it had been bound.</summary>
    public void Take(Pod pod, Node node)
    {
        Release(ObjectKey.Of(pod));
        var wanted = Wanted(pod, node);
        if (wanted == 0 || wanted > FreeOn(node.Metadata.Name))
        {
            return;
        }

        var taken = _taken.Values.SelectMany(allocation => allocation.Devices.Results)
            .Where(result => result.Pool == node.Metadata.Name).Select(result => result.Device).ToHashSet();
        var allocation = new AllocationResult
        {
            Devices = new()
            {
                Results =
                [
                    .. Enumerable.Range(0, _devices[node.Metadata.Name]).Select(i => $"d{i}").Where(taken.Add)
                        .Take((int)wanted).Select(name => new DeviceRequestAllocationResult
                        {
                            Driver = DeviceObjects.Driver, Pool = node.Metadata.Name, Device = name,
                        }),
                ],
            },
        };
        _taken[ObjectKey.Of(pod)] = allocation;
        _world?.Claims.Begin(ObjectKey.Of(pod), allocation);
    }

    public void Release(ObjectKey pod)
    {
        if (_taken.Remove(pod))
        {
            _world?.Claims.End(pod);
        }
    }

    private static void Add<T>(InformerSet informers, T item)
        where T : class, Netes.Api.IResource<T> => informers.Get<T>().Cache.Set(ObjectKey.Of(item), item);
}
