using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.ControlPlane;
using Netes.Tests.ControlPlane.Crashes;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.ResourceClaims.DeviceObjects;

namespace Netes.Tests.ControlPlane.DeviceTaintEviction;

public sealed class DeviceTaintEvictionTests
{
    [Fact]
    public void Pod_staysAsLongAsItsClaimTolerates()
    {
        var since = Timestamp.From(Now.AddSeconds(-100));
        var slice = Slice("n1", NewDevice("a") with
        {
            Taints = [new() { Key = "k", Effect = "NoExecute", TimeAdded = since }],
        });
        Assert.Equal(since.ToDateTimeOffset(), EvictAt(slice));
        Assert.Null(EvictAt(slice, new DeviceToleration { Key = "k", Operator = "Exists" }));
        Assert.Equal(Now, EvictAt(
            slice,
            new DeviceToleration { Key = "k", Operator = "Exists", TolerationSeconds = 100 },
            new DeviceToleration { Operator = "Exists", TolerationSeconds = 300 }));
        Assert.Null(EvictAt(
            slice,
            new DeviceToleration { Key = "k", Operator = "Exists", TolerationSeconds = 100 },
            new DeviceToleration { Operator = "Exists" }));
        Assert.Equal(9999, EvictAt(
            slice, new DeviceToleration { Operator = "Exists", TolerationSeconds = long.MaxValue })!.Value.Year);
        Assert.Null(EvictAt(Slice("n1", NewDevice("a") with
        {
            Taints = [new() { Key = "k", Effect = "NoSchedule", TimeAdded = since }],
        })));
        Assert.Null(EvictAt(Slice("n1", NewDevice("b") with { Taints = slice.Spec.Devices[0].Taints })));
        var next = slice with
        {
            Metadata = new() { Name = "next" },
            Spec = slice.Spec with { Pool = slice.Spec.Pool with { Generation = 2 }, Devices = [NewDevice("a")] },
        };
        Assert.Null(DeviceTaintPlan.EvictAt(Allocated(), _ => [slice, next], Now));
    }

    [Fact]
    public Task Pod_goesWhenItsDeviceIsTainted() => CrashScenarios.LiveAsync(
        ["device-taint-eviction-controller"], async (cluster, _) =>
        {
            var slice = await cluster.Client.CreateAsync(Slice("n1", NewDevice("a")), TestCluster.Cancel);
            foreach (var name in new[] { "p", "other" })
            {
                var pod = Pod(name, "n1");
                await cluster.Client.CreateAsync(
                    (name == "p" ? pod.Using("mine") : pod) with
                    {
                        Metadata = new() { Namespace = "default", Name = name }, Status = new(),
                    },
                    TestCluster.Cancel);
            }

            var created = await cluster.Client.CreateAsync(
                Claim("mine") with { Metadata = new() { Namespace = "default", Name = "mine" } }, TestCluster.Cancel);
            var first = await cluster.Client.GetAsync<Pod>("default", "p", TestCluster.Cancel);
            await cluster.Client.UpdateStatusAsync(
                created with
                {
                    Status = Allocated().Status with { ReservedFor = [PodResourceClaims.Consumer(first)] },
                },
                TestCluster.Cancel);
            await cluster.Client.UpdateAsync(
                slice with
                {
                    Spec = slice.Spec with
                    {
                        Devices = [NewDevice("a") with { Taints = [new() { Key = "broken", Effect = "NoExecute" }] }],
                    },
                },
                TestCluster.Cancel);
            var gone = await cluster.WaitForAsync<Pod>(
                "default", "p", pod => pod is null or { Metadata.DeletionTimestamp: not null });
            Assert.Equal("DeletionByDeviceTaintManager", gone?.Status.Conditions
                .Single(condition => condition.Type == "DisruptionTarget").Reason);
            var other = await cluster.Client.GetAsync<Pod>("default", "other", TestCluster.Cancel);
            Assert.Null(other.Metadata.DeletionTimestamp);
        });

    private static ResourceClaim Allocated(params ValueList<DeviceToleration> tolerations) => Claim("c") with
    {
        Status = new()
        {
            Allocation = new()
            {
                Devices = new()
                {
                    Results =
                    [
                        new()
                        {
                            Request = "gpu", Driver = Driver, Pool = "n1", Device = "a", Tolerations = tolerations,
                        },
                    ],
                },
            },
        },
    };

    private static DateTimeOffset? EvictAt(ResourceSlice slice, params ValueList<DeviceToleration> tolerations) =>
        DeviceTaintPlan.EvictAt(Allocated(tolerations), _ => [slice], Now);
}
