using Netes.Api;
using Netes.Api.DynamicResources;
using Netes.Api.Rbac;
using Netes.ApiServer.Authentication;

namespace Netes.Tests.ApiServer.Admission;

public sealed class DeviceAdmissionTests : IDisposable
{
    private const string Driver = "d.example.com";

    private readonly AdmissionFixture _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task AdminAccess_isForNamespacesWithTheLabel()
    {
        _cluster.Objects.Add(AdmissionFixture.Space("admins", ("resource.kubernetes.io/admin-access", "true")));
        Assert.Equal(
            "ResourceClaim.resource.k8s.io \"c\" is invalid: spec.devices.requests[0].adminAccess: Forbidden: admin "
            + "access to devices requires the `resource.kubernetes.io/admin-access: true` label on the containing "
            + "namespace",
            await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(Claim("default", isAdmin: true))));
        await _cluster.CreateAsync(Claim("admins", isAdmin: true));
        await _cluster.CreateAsync(Claim("default"));
        Assert.Contains("status.allocation.devices.results[0].adminAccess: Forbidden", await AdmissionFixture.RefusalAsync(
            () => _cluster.UpdateAsync(Claim("default"), Allocated(isAdmin: true), subresource: "status")));
    }

    [Fact]
    public async Task Taint_beginsWhenItIsTold()
    {
        var told = Timestamp.From(DateTimeOffset.FromUnixTimeSeconds(5));
        var slice = await _cluster.CreateAsync(new ResourceSlice
        {
            Metadata = new() { Name = "s" },
            Spec = new()
            {
                Devices =
                [
                    new Device { Name = "a", Taints = [Taint(null), Taint(told)] },
                    new Device { Name = "b" },
                ],
            },
        });
        Assert.Equal(
            [Timestamp.From(_cluster.Time.GetUtcNow()), told],
            slice.Spec.Devices[0].Taints.Select(taint => taint.TimeAdded!.Value));
    }

    [Fact]
    public async Task PartOfTheStatus_isForWhoHasTheRight()
    {
        var allocated = Allocated();
        var told = allocated with
        {
            Status = allocated.Status with
            {
                Devices = [new AllocatedDeviceStatus { Driver = Driver, Pool = "n1", Device = "a" }],
            },
        };
        Grant("allocator", "update", "resourceclaims/binding");
        Grant("driver", "associated-node:update", "resourceclaims/driver");
        Assert.Equal("", await WriteAsync("allocator", Claim("default"), allocated));
        Assert.Equal("", await WriteAsync("driver", allocated, told, node: "n1"));
        Assert.Contains("verb=\"arbitrary-node:update\" permission for driver \"d.example.com\"",
            await WriteAsync("driver", allocated, told, node: "n2"));
        Assert.Contains("changing status.allocation or status.reservedFor requires", await WriteAsync(
            "driver", Claim("default"), allocated, node: "n1"));
        Assert.Contains("status.devices: Forbidden: changing status.devices requires", await WriteAsync(
            "allocator", allocated, told));
    }

    private static ResourceClaim Claim(string space, bool isAdmin = false) => new()
    {
        Metadata = new() { Name = "c", Namespace = space },
        Spec = new()
        {
            Devices = new()
            {
                Requests =
                [
                    new DeviceRequest
                    {
                        Name = "a",
                        Exactly = new() { DeviceClassName = "c", AdminAccess = isAdmin ? true : null },
                    },
                ],
            },
        },
    };

    private static ResourceClaim Allocated(bool isAdmin = false) => Claim("default") with
    {
        Status = new()
        {
            Allocation = new()
            {
                NodeSelector = new()
                {
                    NodeSelectorTerms =
                    [
                        new() { MatchFields = [new() { Key = "metadata.name", Operator = "In", Values = ["n1"] }] },
                    ],
                },
                Devices = new()
                {
                    Results =
                    [
                        new DeviceRequestAllocationResult
                        {
                            Request = "a", Driver = Driver, Pool = "n1", Device = "a",
                            AdminAccess = isAdmin ? true : null,
                        },
                    ],
                },
            },
        },
    };

    private static DeviceTaint Taint(Timestamp? time) => new() { Key = "k", Effect = "NoSchedule", TimeAdded = time };

    private void Grant(string user, string verb, string resource) => _cluster.Objects
        .Add(new ClusterRole
        {
            Metadata = new() { Name = user },
            Rules = [new PolicyRule { Verbs = [verb], ApiGroups = ["resource.k8s.io"], Resources = [resource] }],
        })
        .Add(new ClusterRoleBinding
        {
            Metadata = new() { Name = user },
            RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = user },
            Subjects = [new Subject { ApiGroup = "rbac.authorization.k8s.io", Kind = "User", Name = user }],
        });

    private Task<string> WriteAsync(string user, ResourceClaim old, ResourceClaim next, string node = "")
    {
        var identity = new UserIdentity
        {
            Name = user,
            Extra = node.Length == 0
                ? default
                : ValueMap.Of<ValueList<string>>(("authentication.kubernetes.io/node-name", [node])),
        };
        return AdmissionFixture.RefusalAsync(
            () => _cluster.UpdateAsync(old, next, identity, subresource: "status"));
    }
}
