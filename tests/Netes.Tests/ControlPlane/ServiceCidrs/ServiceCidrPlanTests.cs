using Netes.Api;
using Netes.Api.Networking;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.ServiceCidrs;

public sealed class ServiceCidrPlanTests
{
    [Theory]
    [InlineData("10.96.0.0/24", "", "", true)]
    [InlineData("10.96.0.0/24", "", "10.97.0.1", true)]
    [InlineData("10.96.0.0/24", "", "10.96.0.1", false)]
    [InlineData("10.96.0.0/24", "10.96.0.0/16", "10.96.0.1", true)]
    [InlineData("10.96.0.0/24", "10.96.0.0/28", "10.96.0.100", false)]
    [InlineData("10.96.0.0/16", "10.96.0.0/24", "10.96.0.255", false)]
    [InlineData("10.96.0.0/16", "10.96.1.0/24", "10.96.1.0", false)]
    [InlineData("10.96.0.0/16", "10.96.0.0/24", "10.96.0.254", true)]
    [InlineData("10.96.0.0/24", "", "10.96.0.255", true)]
    [InlineData("10.96.0.0/24,fd00::/112", "10.96.0.0/16", "fd00::5", false)]
    public void Range_goesWhenNoAddressNeedsIt(string range, string other, string address, bool expected) =>
        Assert.Equal(expected, ServiceCidrPlan.MayGo(
            Range("one", range, dying: true),
            [Range("one", range, dying: true), Range("two", other), Range("three", "10.0.0.0/8", dying: true)],
            address.Length == 0 ? [] : [Address(address, ServiceCidrPlan.ManagedBy)]));

    [Fact]
    public void AddressOfSomebodyElse_holdsNothing() => Assert.True(ServiceCidrPlan.MayGo(
        Range("one", "10.96.0.0/24", dying: true), [Range("one", "10.96.0.0/24", dying: true)],
        [Address("10.96.0.1", "gateway.example.com")]));

    [Fact]
    public async Task NewRange_becomesReadyAndGoes()
    {
        await using var cluster = await WorkloadTests.StartAsync();
        await cluster.Client.CreateAsync(
            new ServiceCIDR { Metadata = new() { Name = "more" }, Spec = new() { CIDRs = ["10.200.0.0/24"] } },
            TestCluster.Cancel);
        var range = await cluster.WaitForAsync<ServiceCIDR>("", "more", item =>
            item!.Status.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" }));
        Assert.Equal(["networking.k8s.io/service-cidr-finalizer"], range!.Metadata.Finalizers);
        await cluster.Client.DeleteAsync<ServiceCIDR>("", "more", null, TestCluster.Cancel);
        await cluster.WaitForAsync<ServiceCIDR>("", "more", item => item is null);
    }

    private static IPAddress Address(string name, string managedBy) => new()
    {
        Metadata = new() { Name = name, Labels = ValueMap.Of((ServiceCidrPlan.ManagedByLabel, managedBy)) },
    };

    private static ServiceCIDR Range(string name, string networks, bool dying = false) => new()
    {
        Metadata = new() { Name = name, DeletionTimestamp = dying ? Timestamp.From(Now) : null },
        Spec = new() { CIDRs = networks.Split(',', StringSplitOptions.RemoveEmptyEntries).ToValueList() },
    };
}
