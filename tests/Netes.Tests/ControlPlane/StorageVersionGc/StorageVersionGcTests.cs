using Netes.Api;
using Netes.Api.ApiServerInternal;
using Netes.Api.Coordination;
using Netes.ApiServer.Registry;
using Netes.ControlPlane;

namespace Netes.Tests.ControlPlane.StorageVersionGc;

/// <summary>Records of servers that are gone, on a server in memory whose own records stay.</summary>
public sealed class StorageVersionGcTests
{
    private const string Gone = "apiserver-gone";

    [Fact]
    public async Task ServerWhoseLeaseGoes_isTakenOut()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(Lease("kube-apiserver"), TestCluster.Cancel);
        await AddServerAsync(cluster, "core.pods", "v2");
        await cluster.Client.CreateAsync(Record("example.com.alone"), TestCluster.Cancel);
        await AddServerAsync(cluster, "example.com.alone", "example.com/v1");
        await StartControllersAsync(cluster);
        var before = await cluster.Client.GetAsync<StorageVersion>("", "core.pods", TestCluster.Cancel);
        Assert.Equal((2, null, "False"), Summary(before));
        await cluster.Client.DeleteAsync<Lease>("kube-system", Gone, null, TestCluster.Cancel);
        var after = await cluster.WaitForAsync<StorageVersion>(
            "", "core.pods", item => item!.Status.StorageVersions.Count == 1);
        Assert.Equal((1, "v1", "True"), Summary(after!));
        await cluster.WaitForAsync<StorageVersion>("", "example.com.alone", item => item is null);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("somebody-else")]
    public async Task RecordWithoutAServersLease_goes(string? identity)
    {
        await using var cluster = await StartAsync();
        await StartControllersAsync(cluster);
        if (identity is not null)
        {
            await cluster.Client.CreateAsync(Lease(identity), TestCluster.Cancel);
        }

        await cluster.Client.CreateAsync(Record("example.com.alone"), TestCluster.Cancel);
        await AddServerAsync(cluster, "example.com.alone", "example.com/v1");
        await AddServerAsync(cluster, "core.secrets", "v1");
        await cluster.WaitForAsync<StorageVersion>("", "example.com.alone", item => item is null);
        await cluster.WaitForAsync<StorageVersion>(
            "", "core.secrets", item => item!.Status.StorageVersions is [var own] && own.APIServerID != Gone);
    }

    private static (int Servers, string? Common, string Equal) Summary(StorageVersion item) => (
        item.Status.StorageVersions.Count, item.Status.CommonEncodingVersion, item.Status.Conditions[0].Status);

    private static Task<TestCluster> StartAsync() => TestCluster.StartAsync(options => options with
    {
        Features = FeatureGates.Parse("StorageVersionAPI=true").Gates,
        RuntimeConfig = RuntimeConfig.Parse("internal.apiserver.k8s.io/v1alpha1=true").Config,
    });

    private static Task StartControllersAsync(TestCluster cluster) => cluster.StartControlPlaneAsync(
        new ControllerOptions { Features = FeatureGates.Parse("StorageVersionAPI=true").Gates });

    private static async Task AddServerAsync(TestCluster cluster, string record, string version)
    {
        var item = await cluster.Client.GetAsync<StorageVersion>("", record, TestCluster.Cancel);
        var server = new ServerStorageVersion
        {
            APIServerID = Gone, EncodingVersion = version, DecodableVersions = [version],
        };
        await cluster.Client.UpdateStatusAsync(
            StorageVersionAgreement.WithServer(item, server, Timestamp.From(TimeProvider.System.GetUtcNow())),
            TestCluster.Cancel);
    }

    private static StorageVersion Record(string name) => new() { Metadata = new() { Name = name } };

    private static Lease Lease(string identity) => new()
    {
        Metadata = new()
        {
            Namespace = "kube-system", Name = Gone,
            Labels = ValueMap.Of(("apiserver.kubernetes.io/identity", identity)),
        },
        Spec = new()
        {
            HolderIdentity = Gone, LeaseDurationSeconds = 3600,
            RenewTime = MicroTimestamp.From(TimeProvider.System.GetUtcNow()),
        },
    };
}
