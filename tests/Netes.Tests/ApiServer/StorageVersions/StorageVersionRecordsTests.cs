using Netes.Api;
using Netes.Api.ApiRegistration;
using Netes.Api.ApiServerInternal;
using Netes.Api.Coordination;
using Netes.Api.Core;
using Netes.ApiServer;
using Netes.ApiServer.Registry;
using Netes.ApiServer.StorageVersions;
using Netes.Client;
using Netes.Tests.ControlPlane;

namespace Netes.Tests.ApiServer.StorageVersions;

/// <summary>What a server writes down of its storage, on a server in memory.</summary>
public sealed class StorageVersionRecordsTests
{
    private const string Feature = "StorageVersionAPI=true";
    private const string Api = "internal.apiserver.k8s.io/v1alpha1=true";

    [Fact]
    public async Task Server_writesDownHowItStores()
    {
        await using var cluster = await TestCluster.StartAsync(With(Feature, Api));
        var lease = Assert.Single((await cluster.Client.ListAsync<Lease>("kube-system", null, TestCluster.Cancel)).Items
            .ToArray());
        var items = (await cluster.Client.ListAsync<StorageVersion>("", null, TestCluster.Cancel)).Items
            .ToDictionary(item => item.Metadata.Name);
        Assert.Equal(
            Resources.Known.Where(definition => definition.Stored && definition.Kind != "Event")
                .Select(definition =>
                    $"{(definition.Group.Length == 0 ? "core" : definition.Group)}.{definition.Plural}")
                .Append("core.events").Distinct().Order(StringComparer.Ordinal),
            items.Keys.Order(StringComparer.Ordinal));
        Assert.All(items.Values, item =>
        {
            var server = Assert.Single(item.Status.StorageVersions.ToArray());
            Assert.Equal(lease.Metadata.Name, server.APIServerID);
            Assert.Equal(server.EncodingVersion, item.Status.CommonEncodingVersion);
            Assert.Equal("True", Assert.Single(item.Status.Conditions.ToArray()).Status);
        });
        CheckServer(items["core.events"], "v1", ["v1", "events.k8s.io/v1"], ["v1"]);
        CheckServer(items["autoscaling.horizontalpodautoscalers"], "autoscaling/v2",
            ["autoscaling/v2", "autoscaling/v1"], ["autoscaling/v1", "autoscaling/v2"]);
        CheckServer(items["apps.deployments"], "apps/v1", ["apps/v1"], ["apps/v1"]);
        var service = await cluster.Client.GetAsync<APIService>(
            "", "v1alpha1.internal.apiserver.k8s.io", TestCluster.Cancel);
        Assert.Equal((16000, 9), (service.Spec.GroupPriorityMinimum, service.Spec.VersionPriority));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("StorageVersionAPI=true,APIServerIdentity=false", "")]
    public async Task WhereTheFeatureIsOff_nothingIsServedOrWritten(string features, string api)
    {
        await using var cluster = await TestCluster.StartAsync(With(features, api));
        var failure = await Assert.ThrowsAsync<ApiException>(() =>
            cluster.Client.ListAsync<StorageVersion>("", null, TestCluster.Cancel));
        Assert.Equal(404, failure.Status.Code);
        var groups = await cluster.Client.RawAsync(HttpMethod.Get, "/apis", default, TestCluster.Cancel);
        Assert.DoesNotContain("internal.apiserver", System.Text.Encoding.UTF8.GetString(groups.Span),
            StringComparison.Ordinal);
        await CreateMapAsync(cluster.Client);
    }

    [Fact]
    public async Task WhereTheApiIsOff_writesWaitAndReadsDoNot()
    {
        await using var server = new UnlistedServer();
        await server.FailedAsync();
        var refused = await Assert.ThrowsAsync<ApiException>(() => CreateMapAsync(server.Client));
        Assert.Equal(503, refused.Status.Code);
        Assert.Equal(
            "wait for storage version registration to complete for resource: configmaps, last seen error: the server "
            + "could not find the requested resource (post storageversions.internal.apiserver.k8s.io)",
            refused.Status.Message);
        Assert.NotEmpty((await server.Client.ListAsync<Namespace>("", null, TestCluster.Cancel)).Items.ToArray());
        await server.Client.CreateAsync(
            new Lease { Metadata = new() { Namespace = "kube-system", Name = "mine" } }, TestCluster.Cancel);
        var elsewhere = await Assert.ThrowsAsync<ApiException>(() => server.Client.CreateAsync(
            new Lease { Metadata = new() { Namespace = "default", Name = "mine" } }, TestCluster.Cancel));
        Assert.Equal(503, elsewhere.Status.Code);
        var ready = await Assert.ThrowsAsync<ApiException>(() =>
            server.Client.RawAsync(HttpMethod.Get, "/readyz", default, TestCluster.Cancel));
        Assert.Equal(500, ready.Status.Code);
        Assert.False(server.IsListening);
    }

    [Fact]
    public async Task ApisThatAreSwitchedOff_areNotServed()
    {
        await using var cluster = await TestCluster.StartAsync(With("", "batch/v1=false,apps/v1/daemonsets=false"));
        foreach (var path in (string[])["/apis/batch/v1", "/apis/batch/v1/jobs", "/apis/apps/v1/daemonsets"])
        {
            var failure = await Assert.ThrowsAsync<ApiException>(() =>
                cluster.Client.RawAsync(HttpMethod.Get, path, default, TestCluster.Cancel));
            Assert.Equal(404, failure.Status.Code);
        }

        await cluster.Client.RawAsync(HttpMethod.Get, "/apis/apps/v1/deployments", default, TestCluster.Cancel);
        var services = (await cluster.Client.ListAsync<APIService>("", null, TestCluster.Cancel)).Items;
        Assert.DoesNotContain(services, service => service.Metadata.Name == "v1.batch");
    }

    [Fact]
    public void StorageOfTwoGroups_hasOneRecord() => Assert.Equal(
        ["core.events"],
        StorageVersionPlan.Of(new ResourceTable([Netes.Api.Events.Event.Resource, Event.Resource], 1 << 20).All)
            .Select(record => record.Name));

    private static Func<ApiServerOptions, ApiServerOptions> With(string features, string api) => options => options with
    {
        Features = FeatureGates.Parse(features).Gates,
        RuntimeConfig = RuntimeConfig.Parse(api).Config,
    };

    private static Task<ConfigMap> CreateMapAsync(KubernetesClient client) => client.CreateAsync(
        new ConfigMap { Metadata = new() { Namespace = "default", Name = "written" } }, TestCluster.Cancel);

    private static void CheckServer(StorageVersion item, string encoding, string[] decodable, string[] served)
    {
        var server = item.Status.StorageVersions[0];
        Assert.Equal(encoding, server.EncodingVersion);
        Assert.Equal(decodable, server.DecodableVersions);
        Assert.Equal(served, server.ServedVersions);
    }
}
