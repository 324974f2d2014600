using Netes.Api;
using Netes.Api.DynamicResources;
using Netes.ControlPlane.Scheduling;
using static Netes.Tests.ControlPlane.ResourceClaims.DeviceObjects;
using static Netes.Tests.ControlPlane.Scheduler.Devices.Allocations;

namespace Netes.Tests.ControlPlane.Scheduler.Devices;

/// <summary>Devices that take of what their pool has, and devices that several claims have a part of.</summary>
public sealed class SharedDeviceTests
{
    [Fact]
    public void Partitions_takeOfOneWhole()
    {
        ResourceSlice[] slices = [Counters("8"), Partitions(("half-1", "4"), ("half-2", "4"), ("whole", "8"))];
        Assert.Equal("gpu=n1/half-1 gpu=n1/half-2", Choose(slices, [Claim("c", Request("gpu", 2))]));
        Assert.Equal("none", Choose(slices, [Claim("c", Request("gpu", 3))]));
        Assert.Equal("gpu=n1/whole", Choose(slices, [Wanting("whole")]));
        Assert.Equal("none", Choose(slices, [Wanting("whole")], allocated: Taken("n1/half-2")));
        Assert.Equal("none", Choose(slices, [Wanting("half-1")], allocated: Taken("n1/whole")));

        // What the search took back is there again.
        Assert.Equal("gpu=n1/half-1 | gpu=n1/half-2", Choose(slices, [Claim("c"), Wanting("half-2")]));
    }

    [Theory]
    [InlineData(null, "2")]
    [InlineData("1", "2")]
    [InlineData("3", "4")]
    [InlineData("8", "8")]
    [InlineData("9", null)]
    public void Request_isRoundedUpToWhatTheDeviceGives(string? asked, string? given)
    {
        var result = Allocate([Shareable("10", Range("2", "8", "2"))], [Asking(asked)]);
        Assert.Equal(given, result?[0].Devices.Results[0].ConsumedCapacity["memory"].ToString());
    }

    [Fact]
    public void ValidValues_areRoundedUpTo()
    {
        var policy = new CapacityRequestPolicy
        {
            Default = Quantity.Parse("4"), ValidValues = [Quantity.Parse("4"), Quantity.Parse("6")],
        };
        var slice = Shareable("10", policy);
        Assert.Equal("6", Consumed(slice, Asking("5")));
        Assert.Equal("none", Choose([slice], [Asking("7")]));
        Assert.Equal("4", Consumed(slice, Asking(null)));
    }

    [Fact]
    public void Shares_lastUntilTheCapacityIsUsedUp()
    {
        var slice = Shareable("10", Range("1", "10", null));
        Assert.Equal("gpu=n1/a | gpu=n1/a", Choose([slice], [Asking("5"), Asking("5")]));
        Assert.Equal("none", Choose([slice], [Asking("5"), Asking("6")]));
        var first = AllocatedDevices.None.With(Allocate([slice], [Asking("7")])![0]);
        Assert.Equal("none", Choose([slice], [Asking("4")], allocated: first));
        Assert.Equal("gpu=n1/a", Choose([slice], [Asking("3")], allocated: first));
        Assert.Equal("11111111-2222-4333-8444-555555555555", Allocate([slice], [Asking("1")])![0]
            .Devices.Results[0].ShareID);
        Assert.False(first.Without(Allocate([slice], [Asking("7")])![0]).IsAllocated(new(Driver, "n1", "a")));
    }

    [Fact]
    public void CapacityThatADeviceHasNot_isNotGiven()
    {
        var plain = Slice("n1", NewDevice("a") with { Capacity = Memory("10", null) });
        Assert.Equal("gpu=n1/a", Choose([plain], [Asking("10")]));
        Assert.Equal("none", Choose([plain], [Asking("11")]));
        Assert.Equal("none", Choose([Slice("n1", NewDevice("a"))], [Asking("1")]));
    }

    private static string Consumed(ResourceSlice slice, ResourceClaim claim) =>
        Allocate([slice], [claim])![0].Devices.Results[0].ConsumedCapacity["memory"].ToString();

    private static CapacityRequestPolicy Range(string least, string most, string? step) => new()
    {
        Default = Quantity.Parse(least),
        ValidRange = new()
        {
            Min = Quantity.Parse(least),
            Max = Quantity.Parse(most),
            Step = step is null ? null : Quantity.Parse(step),
        },
    };

    private static ValueMap<DeviceCapacity> Memory(string amount, CapacityRequestPolicy? policy) => ValueMap.Of(
        ("memory", new DeviceCapacity { Value = Quantity.Parse(amount), RequestPolicy = policy }));

    private static ResourceSlice Shareable(string amount, CapacityRequestPolicy policy) => Slice(
        "n1", NewDevice("a") with { AllowMultipleAllocations = true, Capacity = Memory(amount, policy) });

    private static ResourceClaim Asking(string? memory) => Claim("c", Request("gpu") with
    {
        Exactly = Request("gpu").Exactly! with
        {
            Capacity = memory is null
                ? null
                : new() { Requests = ValueMap.Of(("d.example.com/memory", Quantity.Parse(memory))) },
        },
    });

    private static ResourceClaim Wanting(string device) => Claim("c", Request("gpu") with
    {
        Exactly = Request("gpu").Exactly! with { Selectors = [Selector(device)] },
    });

    private static ResourceSlice Counters(string amount) => Slice("n1") with
    {
        Metadata = new() { Name = "counters" },
        Spec = Pool(Slice("n1").Spec) with
        {
            SharedCounters = [new() { Name = "card", Counters = Amount(amount) }],
        },
    };

    private static ResourceSlice Partitions(params (string Name, string Amount)[] devices)
    {
        var slice = Slice("n1",
        [
            .. devices.Select(device => NewDevice(device.Name) with
            {
                ConsumesCounters = [new() { CounterSet = "card", Counters = Amount(device.Amount) }],
            }),
        ]);
        return slice with { Spec = Pool(slice.Spec) };
    }

    private static ResourceSliceSpec Pool(ResourceSliceSpec spec) =>
        spec with { Pool = spec.Pool with { ResourceSliceCount = 2 } };

    private static ValueMap<Counter> Amount(string amount) =>
        ValueMap.Of(("memory", new Counter { Value = Quantity.Parse(amount) }));
}
