using System.Net;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Networking;
using Netes.Tests.ControlPlane;
using Event = Netes.Api.Core.Event;
using IPAddress = Netes.Api.Networking.IPAddress;

namespace Netes.Tests.ApiServer.Services;

/// <summary>Goal: networks of services that come later count, and whoever meddles with addresses is told.</summary>
public sealed class ServiceRangeTests
{
    [Fact]
    public async Task FullRange_isExtendedByAnother()
    {
        await using var cluster = await TestCluster.StartAsync(
            static options => options with { ServiceNetwork = IPNetwork.Parse("10.96.0.0/29") });
        for (var i = 0; i < 5; i++)
        {
            await CreateAsync(cluster, $"s{i}", "");
        }

        var full = await Assert.ThrowsAsync<ApiException>(() => CreateAsync(cluster, "more", ""));
        Assert.Equal(
            "Internal error occurred: failed to allocate a serviceIP: range is full", full.Message);
        var refused = await Assert.ThrowsAsync<ApiException>(() => CreateAsync(cluster, "more", "10.200.0.5"));
        Assert.Equal(
            "Service \"more\" is invalid: spec.clusterIPs: Invalid value: [\"10.200.0.5\"]: failed to allocate IP "
            + "10.200.0.5: the provided network does not match the current range", refused.Message);
        await AddRangeAsync(cluster, "more", "10.200.0.0/28");
        var made = await UntilItIsThereAsync(() => CreateAsync(cluster, "more", ""));
        Assert.StartsWith("10.200.0.", made.Spec.ClusterIP, StringComparison.Ordinal);
        var address = await cluster.WaitForAsync<IPAddress>("", made.Spec.ClusterIP, static item => item is not null);
        Assert.Equal("more", address!.Spec.ParentRef!.Name);
    }

    [Fact]
    public async Task RangeInUse_waitsForAnotherThatCoversIt()
    {
        await using var cluster = await WorkloadTests.StartAsync();
        await AddRangeAsync(cluster, "more", "10.200.0.0/28");
        await cluster.WaitForAsync<ServiceCIDR>("", "more", static range => Ready(range) == ("True", ""));
        await UntilItIsThereAsync(() => CreateAsync(cluster, "web", "10.200.0.5"));
        await cluster.WaitForAsync<IPAddress>("", "10.200.0.5", static item => item is not null);
        await cluster.Client.DeleteAsync<ServiceCIDR>("", "more", null, TestCluster.Cancel);
        var dying = await cluster.WaitForAsync<ServiceCIDR>(
            "", "more", static range => Ready(range) == ("False", "Terminating"));
        Assert.Equal(
            "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR",
            dying!.Status.Conditions[0].Message);
        var refused = await Assert.ThrowsAsync<ApiException>(() => CreateAsync(cluster, "late", "10.200.0.6"));
        Assert.EndsWith(
            "the provided network does not match the current range", refused.Message, StringComparison.Ordinal);
        await AddRangeAsync(cluster, "wide", "10.200.0.0/24");
        await cluster.WaitForAsync<ServiceCIDR>("", "more", static range => range is null);
        await CreateAsync(cluster, "late", "10.200.0.6");
    }

    [Fact]
    public async Task ServiceOutsideOfAllRanges_isToldSo()
    {
        await using var cluster = await TestCluster.StartAsync();
        await AddRangeAsync(cluster, "more", "10.200.0.0/28");
        await UntilItIsThereAsync(() => CreateAsync(cluster, "web", "10.200.0.5"));
        await cluster.Client.DeleteAsync<ServiceCIDR>("", "more", null, TestCluster.Cancel);
        await ToldAsync(cluster, "ClusterIPOutOfRange", "web",
            "Cluster IP [IPv4]: 10.200.0.5 is not within any configured Service CIDR; please recreate service");
    }

    [Fact]
    public async Task DeletedAddress_isMendedAndTold()
    {
        await using var cluster = await TestCluster.StartAsync();
        await CreateAsync(cluster, "web", "10.96.0.77");
        var first = await cluster.WaitForAsync<IPAddress>("", "10.96.0.77", static item => item is not null);
        await cluster.Client.DeleteAsync<IPAddress>("", "10.96.0.77", null, TestCluster.Cancel);
        await cluster.WaitForAsync<IPAddress>(
            "", "10.96.0.77", item => item is not null && item.Metadata.Uid != first!.Metadata.Uid);
        await ToldAsync(cluster, "ClusterIPNotAllocated", "web",
            "Cluster IP [IPv4]: 10.96.0.77 is not allocated; repairing");
    }

    [Fact]
    public async Task AddressOfSomebodyElse_isNotGiven()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.Client.CreateAsync(
            new IPAddress
            {
                Metadata = new() { Name = "10.96.0.88" },
                Spec = new() { ParentRef = new() { Group = "example.com", Resource = "gateways", Name = "one" } },
            },
            TestCluster.Cancel);
        var refused = await Assert.ThrowsAsync<ApiException>(() => CreateAsync(cluster, "web", "10.96.0.88"));
        Assert.EndsWith("failed to allocate IP 10.96.0.88: provided IP is already allocated", refused.Message,
            StringComparison.Ordinal);
        await cluster.Client.DeleteAsync<IPAddress>("", "10.96.0.88", null, TestCluster.Cancel);
        await CreateAsync(cluster, "web", "10.96.0.88");
    }

    [Fact]
    public async Task AddressWithAWrongReference_goes()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.Client.CreateAsync(
            new IPAddress
            {
                Metadata = new()
                {
                    Name = "10.96.0.99",
                    Labels = ValueMap.Of(
                        ("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io"),
                        ("ipaddress.kubernetes.io/ip-family", "IPv4")),
                },
                Spec = new()
                {
                    ParentRef = new() { Resource = "services", Namespace = "default", Name = "kubernetes" },
                },
            },
            TestCluster.Cancel);
        await cluster.WaitForAsync<IPAddress>("", "10.96.0.99", static item => item is null);
        await ToldAsync(cluster, "IPAddressWrongReference", "10.96.0.99",
            "IPAddress: 10.96.0.99 for Service default/kubernetes has a wrong reference; cleaning up");
    }

    [Fact]
    public async Task DefaultRange_isMadeAgain()
    {
        await using var cluster = await TestCluster.StartAsync();
        var first = await cluster.WaitForAsync<ServiceCIDR>(
            "", "kubernetes", static range => Ready(range).Status == "True");
        await cluster.Client.DeleteAsync<ServiceCIDR>("", "kubernetes", null, TestCluster.Cancel);
        await cluster.WaitForAsync<ServiceCIDR>("", "kubernetes", range =>
            range?.Metadata.Uid != first!.Metadata.Uid && Ready(range).Status == "True");
    }

    internal static (string? Status, string? Reason) Ready(ServiceCIDR? range) =>
        range?.Status.Conditions.FirstOrDefault(static condition => condition.Type == "Ready") is { } ready
            ? (ready.Status, ready.Reason)
            : (null, null);

    private static Task<Service> CreateAsync(TestCluster cluster, string name, string address) =>
        cluster.Client.CreateAsync(
            new Service
            {
                Metadata = new() { Namespace = "default", Name = name },
                Spec = new() { ClusterIP = address, Ports = [new ServicePort { Port = 80 }] },
            },
            TestCluster.Cancel);

    private static async Task AddRangeAsync(TestCluster cluster, string name, string cidr) =>
        await cluster.Client.CreateAsync(
            new ServiceCIDR { Metadata = new() { Name = name }, Spec = new() { CIDRs = [cidr] } }, TestCluster.Cancel);

    // The allocator hears of a network a moment after the network's maker: asked again until then, within a deadline.
    private static async Task<T> UntilItIsThereAsync<T>(Func<Task<T>> create)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                return await create();
            }
            catch (ApiException) when (!deadline.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task ToldAsync(TestCluster cluster, string reason, string name, string message)
    {
        var events = await cluster.WaitForListAsync<Event>(
            "default", items => items.Any(item => item.Reason == reason && item.InvolvedObject.Name == name));
        var told = events.First(item => item.Reason == reason && item.InvolvedObject.Name == name);
        Assert.Equal(("Warning", message), (told.Type, told.Message));
        Assert.Equal("ipallocator-repair-controller", told.ReportingController);
    }
}
