using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using static Netes.Tests.ControlPlane.ResourceClaims.DeviceObjects;
using static Netes.Tests.ControlPlane.Scheduler.Devices.Allocations;

namespace Netes.Tests.ControlPlane.Scheduler.Devices;

public sealed class DeviceAllocatorTests
{
    private static readonly ResourceSlice Two =
        Slice("n1", NewDevice("a", ("numa", "0")), NewDevice("b", ("numa", "1")));

    [Fact]
    public void Devices_areTheNodesOwnAndFree()
    {
        Assert.Equal("gpu=n1/a", Choose([Two], [Claim("c")]));
        Assert.Equal("none", Choose([Two], [Claim("c")], node: "n2"));
        Assert.Equal("gpu=n1/b", Choose([Two], [Claim("c")], allocated: Taken("n1/a")));
        Assert.Equal("none", Choose([Two], [Claim("c")], allocated: Taken("n1/a", "n1/b")));
        Assert.Equal("gpu=n1/a | gpu=n1/b", Choose([Two], [Claim("c"), Claim("d")]));
        Assert.Equal("none", Choose([Two], [Claim("c", Request("gpu", 2)), Claim("d")]));
    }

    [Fact]
    public void NamesOfNodesDevices_becomeTheClaimsSelector()
    {
        var own = Allocate([Two], [Claim("c")])!;
        Assert.Equal("n1", own[0].NodeSelector!.NodeSelectorTerms[0].MatchFields[0].Values[0]);
        var everywhere = Two with { Spec = Two.Spec with { NodeName = null, AllNodes = true } };
        Assert.Null(Allocate([everywhere], [Claim("c")])![0].NodeSelector);
        var some = Two with
        {
            Spec = Two.Spec with
            {
                NodeName = null,
                NodeSelector = new()
                {
                    NodeSelectorTerms =
                    [
                        new()
                        {
                            MatchExpressions =
                            [
                                new()
                                {
                                    Key = "kubernetes.io/hostname",
                                    Operator = NodeSelectorOperator.In,
                                    Values = ["n1", "n3"],
                                },
                            ],
                        },
                    ],
                },
            },
        };
        Assert.Equal(some.Spec.NodeSelector, Allocate([some], [Claim("c")])![0].NodeSelector);
        Assert.Equal("none", Choose([some], [Claim("c")], node: "n2"));
    }

    [Fact]
    public void EachDevice_mayHaveNodesOfItsOwn()
    {
        var slice = Two with
        {
            Spec = Two.Spec with
            {
                NodeName = null,
                PerDeviceNodeSelection = true,
                Devices = [NewDevice("a") with { NodeName = "n2" }, NewDevice("b") with { AllNodes = true }],
            },
        };
        Assert.Equal("gpu=n1/b", Choose([slice], [Claim("c")], node: "n1"));
        Assert.Equal("gpu=n1/a", Choose([slice], [Claim("c")], node: "n2"));
    }

    [Fact]
    public void PoolThatIsWrittenAnew_waits()
    {
        var half = Two with { Spec = Two.Spec with { Pool = Two.Spec.Pool with { ResourceSliceCount = 2 } } };
        Assert.Equal("none", Choose([half], [Claim("c")]));
        var next = Two with
        {
            Metadata = new() { Name = "next" },
            Spec = Two.Spec with { Pool = Two.Spec.Pool with { Generation = 2 }, Devices = [NewDevice("z")] },
        };
        Assert.Equal("gpu=n1/z", Choose([Two, next], [Claim("c")]));
        Assert.Equal(
            "claim default/c, request gpu: asks for all devices, but resource pool d.example.com/n1 is currently being "
            + "updated",
            Choose([half], [Claim("c", All("gpu"))]));
        var twice = Slice("n1", NewDevice("a"), NewDevice("a"));
        Assert.Equal("invalid resource pools were encountered", Choose([twice], [Claim("c")]));
    }

    [Fact]
    public void AllDevices_areAllOrNone()
    {
        Assert.Equal("gpu=n1/a gpu=n1/b", Choose([Two], [Claim("c", All("gpu"))]));
        Assert.Equal("none", Choose([Two], [Claim("c", All("gpu"))], allocated: Taken("n1/b")));
        Assert.Equal("none", Choose([], [Claim("c", All("gpu"))]));
    }

    [Fact]
    public void FirstAvailable_isTheFirstThatGoesOn()
    {
        var request = new DeviceRequest
        {
            Name = "any",
            FirstAvailable =
            [
                new() { Name = "many", DeviceClassName = "gpus", AllocationMode = "ExactCount", Count = 3 },
                new() { Name = "pair", DeviceClassName = "gpus", AllocationMode = "ExactCount", Count = 2 },
                new() { Name = "one", DeviceClassName = "gpus", AllocationMode = "ExactCount", Count = 1 },
            ],
        };
        Assert.Equal("any/pair=n1/a any/pair=n1/b", Choose([Two], [Claim("c", request)]));

        // What comes later has to be satisfied, too.
        Assert.Equal("any/one=n1/a nic=n1/b", Choose([Two], [Claim("c", request, Request("nic"))]));
    }

    [Fact]
    public void Constraint_holdsDevicesTogetherOrApart()
    {
        var four = Slice("n1", NewDevice("a", ("numa", "0")), NewDevice("b", ("numa", "1")),
            NewDevice("c", ("d.example.com/numa", "1")), NewDevice("d"));
        Assert.Equal("gpu=n1/b gpu=n1/c", Choose([four], [Holding("d.example.com/numa", null)]));
        Assert.Equal("gpu=n1/a gpu=n1/b", Choose([four], [Holding(null, "d.example.com/numa")]));
        Assert.Equal("none", Choose([four], [Holding("other/numa", null)]));
    }

    [Fact]
    public void Selector_isOfTheClassAndTheRequest()
    {
        var claim = Claim("c", Selecting(Request("gpu"), "b"));
        Assert.Equal("gpu=n1/b", Choose([Two], [claim]));
        var deviceClass = Class("gpus") with { Spec = new() { Selectors = [Selector("a")] } };
        Assert.Equal("gpu=n1/a", Choose([Two], [Claim("c")], deviceClass: deviceClass));
        Assert.Equal("none", Choose([Two], [claim], deviceClass: deviceClass));
        Assert.StartsWith(
            "claim default/c: selector #0 on device d.example.com/n1/a: CEL runtime error: no such key: other",
            Choose([Two], [Claim("c", Request("gpu") with
            {
                Exactly = Request("gpu").Exactly! with
                {
                    Selectors = [new() { CEL = new() { Expression = "device.attributes['x'].other" } }],
                },
            })]));
        Assert.StartsWith("claim default/c, request gpu: could not retrieve device class nics: ",
            Choose([Two], [Claim("c", Request("gpu", className: "nics"))]));
    }

    [Fact]
    public void Taint_needsAToleration()
    {
        var slice = Slice(
            "n1", NewDevice("a") with { Taints = [new() { Key = "k", Value = "v", Effect = "NoExecute" }] });
        Assert.Equal("none", Choose([slice], [Claim("c")]));
        Assert.Equal("none", Choose([slice], [Tolerating(new() { Key = "k", Operator = "Equal", Value = "w" })]));
        Assert.Equal("gpu=n1/a", Choose([slice], [Tolerating(new() { Key = "k", Operator = "Equal", Value = "v" })]));
        Assert.Equal("gpu=n1/a", Choose([slice], [Tolerating(new() { Operator = "Exists", Effect = "NoExecute" })]));
        Assert.Equal("none", Choose([slice], [Tolerating(new() { Operator = "Exists", Effect = "NoSchedule" })]));
    }

    [Fact]
    public void Administrator_looksAtWhatOthersUse()
    {
        var claim = Claim("c", Request("gpu") with
        {
            Exactly = Request("gpu").Exactly! with { AdminAccess = true, Count = 2 },
        });
        var result = Allocate([Two], [claim], allocated: Taken("n1/a", "n1/b"))![0];
        Assert.All(result.Devices.Results.ToArray(), device => Assert.True(device.AdminAccess));
        Assert.False(Netes.ControlPlane.Scheduling.AllocatedDevices.None.With(result).IsAllocated(
            new(Driver, "n1", "a")));
    }

    [Fact]
    public void Configurations_areOfTheClassesThenOfTheClaim()
    {
        var deviceClass = Class("gpus") with { Spec = new() { Config = [new() { DeviceConfiguration = Config(1) }] } };
        var claim = Claim("c", Request("a"), Request("b"));
        claim = claim with
        {
            Spec = new()
            {
                Devices = claim.Spec.Devices with
                {
                    Config =
                    [
                        new() { Requests = ["b"], DeviceConfiguration = Config(2) },
                        new() { DeviceConfiguration = Config(3) },
                    ],
                },
            },
        };
        Assert.Equal(
            [("FromClass", "", Config(1)), ("FromClaim", "b", Config(2)), ("FromClaim", "", Config(3))],
            Allocate([Two], [claim], deviceClass: deviceClass)![0].Devices.Config.Select(config =>
                (config.Source, string.Join(' ', config.Requests), config.DeviceConfiguration)));
    }

    [Fact]
    public void MoreDevicesThanAClaimMayHave_areRefused() => Assert.Equal(
        "claim default/c: number of requested devices 33 exceeds the claim limit of 32",
        Choose([Two], [Claim("c", Request("gpu", 33))]));

    private static DeviceRequest All(string name) => Request(name) with
    {
        Exactly = new() { DeviceClassName = "gpus", AllocationMode = DeviceAllocationMode.All },
    };

    private static ResourceClaim Holding(string? match, string? distinct)
    {
        var claim = Claim("c", Request("gpu", 2));
        return claim with
        {
            Spec = new()
            {
                Devices = claim.Spec.Devices with
                {
                    Constraints = [new() { MatchAttribute = match, DistinctAttribute = distinct }],
                },
            },
        };
    }

    private static DeviceRequest Selecting(DeviceRequest request, string expression) =>
        request with { Exactly = request.Exactly! with { Selectors = [Selector(expression)] } };

    private static ResourceClaim Tolerating(DeviceToleration toleration) => Claim(
        "c", Request("gpu") with
    {
        Exactly = Request("gpu").Exactly! with { Tolerations = [toleration] },
    });

    private static DeviceConfiguration Config(int number) => new()
    {
        Opaque = new() { Driver = Driver, Parameters = RawJson.Parse($"{{\"n\":{number}}}") },
    };
}
