using Microsoft.Extensions.Logging.Abstractions;
using Netes.Api;
using Netes.Api.DynamicResources;
using Netes.Client;
using Netes.ControlPlane.Scheduling;
using Netes.Tests.ControlPlane.ResourceClaims;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.ResourceClaims.DeviceObjects;

namespace Netes.Tests.ControlPlane.Scheduler.Devices;

/// <summary>Scores that count an extended resource, where devices stand for it.</summary>
public sealed class DeviceTotalsTests
{
    private const string Gpu = "example.com/gpu";

    private readonly DeviceWorld _world;
    private readonly DeviceTotals _totals;

    public DeviceTotalsTests()
    {
        var client = new KubernetesClient(new HttpTransport(new() { Server = new Uri("https://127.0.0.1:1") }));
        var informers = new InformerSet(client, TimeProvider.System, new Random(1), NullLoggerFactory.Instance);
        Add(informers, Class("gpus", Gpu) with
        {
            Spec = new()
            {
                ExtendedResourceName = Gpu,
                Selectors = [new() { CEL = new() { Expression = $"device.attributes['{Driver}'].name != 'x'" } }],
            },
        });
        Add(informers, Slice("n1", NewDevice("a"), NewDevice("b"), NewDevice("c"), NewDevice("d"), NewDevice("x")));
        _world = new DeviceWorld(informers);
        _totals = new DeviceTotals(_world);
        _world.Claims.Begin(new ObjectKey("default", "c"), Allocation("a"));
    }

    [Fact]
    public void Node_hasTheDevicesOfTheClass()
    {
        Assert.Equal((4, 1), _totals.On(MakeNode("n1"), Gpu));
        Assert.Equal((0, 0), _totals.On(MakeNode("n2"), Gpu));
        Assert.Equal((0, 0), _totals.On(MakeNode("n1"), "example.com/none"));
        _world.Claims.End(new ObjectKey("default", "c"));
        Assert.Equal((4, 0), _totals.On(MakeNode("n1"), Gpu));
    }

    [Theory]
    [InlineData(NodeResourcesFitArgs.MostAllocated, 50)]
    [InlineData(NodeResourcesFitArgs.LeastAllocated, 50)]
    [InlineData(NodeResourcesFitArgs.MostAllocated, 75, 2)]
    [InlineData(NodeResourcesFitArgs.LeastAllocated, 25, 2)]
    [InlineData(NodeResourcesFitArgs.MostAllocated, 0, 0)]
    public void Score_countsThem(string strategy, long expected, long asked = 1)
    {
        var score = new ResourceScore(new() { Strategy = strategy, Resources = [new(Gpu, 1)] });
        Assert.Equal(
            expected, score.Of(new PodInfo(Pod("p").Asking(Gpu, asked)), new NodeInfo(MakeNode("n1")), _totals));
    }

    [Fact]
    public void NodeThatHasTheResourceItself_isCountedAsBefore()
    {
        var node = MakeNode("n1");
        node = node with
        {
            Status = node.Status with { Allocatable = node.Status.Allocatable.Set(Gpu, Quantity.FromValue(10)) },
        };
        var score = new ResourceScore(
            new() { Strategy = NodeResourcesFitArgs.MostAllocated, Resources = [new(Gpu, 1)] });
        Assert.Equal(10, score.Of(new PodInfo(Pod("p").Asking(Gpu)), new NodeInfo(node), _totals));
    }

    private static AllocationResult Allocation(string device) => new()
    {
        Devices = new() { Results = [new() { Driver = Driver, Pool = "n1", Device = device }] },
    };

    private static void Add<T>(InformerSet informers, T item)
        where T : class, IResource<T> => informers.Get<T>().Cache.Set(ObjectKey.Of(item), item);
}
