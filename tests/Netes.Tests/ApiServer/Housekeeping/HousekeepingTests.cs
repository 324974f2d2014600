using Netes.Api;
using Netes.Api.ApiRegistration;
using Netes.Api.Coordination;
using Netes.Api.Core;
using Netes.Api.Networking;
using Netes.ApiServer.Housekeeping;
using Netes.Client;
using Netes.Store;
using Netes.Store.Memory;
using Netes.Tests.ControlPlane;

namespace Netes.Tests.ApiServer.Housekeeping;

/// <summary>What the server writes by itself, on a server in memory.</summary>
public sealed class HousekeepingTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task ClusterAddress_isAnObjectUntilItsServiceGoes()
    {
        await using var cluster = await TestCluster.StartAsync();
        var own = await cluster.WaitForAsync<IPAddress>("", "10.96.0.1", address => address is not null);
        Assert.Equal("kubernetes", own!.Spec.ParentRef!.Name);
        await cluster.Client.CreateAsync(
            new Service
            {
                Metadata = new() { Namespace = "default", Name = "web" },
                Spec = new() { ClusterIP = "10.96.0.77", Ports = [new ServicePort { Port = 80 }] },
            },
            TestCluster.Cancel);
        var address = await cluster.WaitForAsync<IPAddress>("", "10.96.0.77", item => item is not null);
        Assert.Equal(
            new ParentReference { Resource = "services", Namespace = "default", Name = "web" },
            address!.Spec.ParentRef);
        Assert.Equal("IPv4", address.Metadata.Labels["ipaddress.kubernetes.io/ip-family"]);
        Assert.Equal("ipallocator.k8s.io", address.Metadata.Labels["ipaddress.kubernetes.io/managed-by"]);
        await cluster.Client.DeleteAsync<IPAddress>("", "10.96.0.77", null, TestCluster.Cancel);
        await cluster.WaitForAsync<IPAddress>(
            "", "10.96.0.77", item => item is not null && item.Metadata.Uid != address.Metadata.Uid);
        await cluster.Client.DeleteAsync<Service>("default", "web", null, TestCluster.Cancel);
        await cluster.WaitForAsync<IPAddress>("", "10.96.0.77", item => item is null);
    }

    [Fact]
    public async Task ServerThatDied_hasNoAddressTwiceAndNoneUnwritten()
    {
        await using var store = new MemoryStore(new HistoryOptions(), TimeProvider.System);
        await using (var first = await TestCluster.StartAsync(store: store))
        {
            await CreateAsync(first, "web", "10.96.0.77");
            await CreateAsync(first, "old", "10.96.0.78");
            await first.WaitForListAsync<IPAddress>("", static items => items.Count == 3);
        }

        // It died when the one service was stored and its address was not, and the other deleted and its address not.
        await DeleteAsync(store, "/ipaddresses/10.96.0.77");
        await DeleteAsync(store, "/services/default/old");
        await using var second = await TestCluster.StartAsync(store: store);
        await second.WaitForAsync<IPAddress>("", "10.96.0.77", item => item?.Spec.ParentRef?.Name == "web");
        await CreateAsync(second, "next", "10.96.0.78");
        await second.WaitForAsync<IPAddress>("", "10.96.0.78", item => item?.Spec.ParentRef?.Name == "next");
        Assert.Equal(3, (await second.Client.ListAsync<IPAddress>("", null, TestCluster.Cancel)).Items.Count);
    }

    private static Task<Service> CreateAsync(TestCluster cluster, string name, string address) =>
        cluster.Client.CreateAsync(
            new Service
            {
                Metadata = new() { Namespace = "default", Name = name },
                Spec = new() { ClusterIP = address, Ports = [new ServicePort { Port = 80 }] },
            },
            TestCluster.Cancel);

    private static async Task DeleteAsync(MemoryStore store, string end) => Assert.IsType<WriteResult.Written>(
        await store.DeleteAsync("/registry" + end, null, TestCluster.Cancel));

    [Fact]
    public async Task Server_holdsALeaseAndItsGroupsAreAvailable()
    {
        await using var cluster = await TestCluster.StartAsync();
        var leases = await cluster.WaitForListAsync<Lease>("kube-system", items => items.Count == 1);
        Assert.Equal("kube-apiserver", leases[0].Metadata.Labels["apiserver.kubernetes.io/identity"]);
        Assert.StartsWith($"{leases[0].Metadata.Name}_", leases[0].Spec.HolderIdentity, StringComparison.Ordinal);
        var services = (await cluster.Client.ListAsync<APIService>("", null, TestCluster.Cancel)).Items;
        Assert.Contains(services, service => service.Metadata.Name == "v1.");
        Assert.Contains(services, service => service.Metadata.Name == "v1.apps");
        Assert.All(services, service => Assert.Equal(
            ("Available", "True", "Local"),
            (service.Status.Conditions[0].Type, service.Status.Conditions[0].Status,
                service.Status.Conditions[0].Reason)));
    }

    [Theory]
    [InlineData(-3601, true)]
    [InlineData(-3599, false)]
    [InlineData(null, true)]
    public void Lease_expiresWhenNobodyRenewsIt(int? renewed, bool expected) =>
        Assert.Equal(expected, ServerLeases.IsExpired(
            new Lease
            {
                Spec = new()
                {
                    LeaseDurationSeconds = 3600,
                    RenewTime = renewed is { } seconds ? MicroTimestamp.From(Now.AddSeconds(seconds)) : null,
                },
            },
            Now));

    [Fact]
    public void ServersName_isTheSameOnEachStart()
    {
        // Computed apart: SHA-256 of both names, each with its length before it; 16 bytes in base 32.
        Assert.Equal("apiserver-dd6egxogzxmivwqge6rcnj6rwi", ServerLeases.NameOf("host"));
        Assert.NotEqual(ServerLeases.NameOf("host"), ServerLeases.NameOf("other"));
        Assert.Matches("^apiserver-[a-z2-7]{26}$", ServerLeases.NameOf("host"));
    }
}
