using System.Net;
using System.Text;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Networking;
using Netes.Client;
using Netes.Tests.ControlPlane;
using IPAddress = Netes.Api.Networking.IPAddress;

namespace Netes.Tests.ApiServer.Services;

/// <summary>Goal: services have the families they ask for, or are refused in Kubernetes' words (KEP-563).</summary>
public sealed class DualStackTests
{
    private const string Invalid = "Service \"web\" is invalid: ";

    [Theory]
    [InlineData("", "SingleStack IPv4 4")]
    [InlineData("\"ipFamilyPolicy\":\"SingleStack\"", "SingleStack IPv4 4")]
    [InlineData("\"ipFamilies\":[\"IPv6\"]", "SingleStack IPv6 6")]
    [InlineData("\"ipFamilyPolicy\":\"PreferDualStack\"", "PreferDualStack IPv4,IPv6 4,6")]
    [InlineData("\"ipFamilyPolicy\":\"RequireDualStack\"", "RequireDualStack IPv4,IPv6 4,6")]
    [InlineData("\"ipFamilyPolicy\":\"PreferDualStack\",\"ipFamilies\":[\"IPv6\"]", "PreferDualStack IPv6,IPv4 6,4")]
    [InlineData("\"ipFamilyPolicy\":\"RequireDualStack\",\"ipFamilies\":[\"IPv6\",\"IPv4\"]",
        "RequireDualStack IPv6,IPv4 6,4")]
    [InlineData("\"clusterIP\":\"fd00::50\"", "SingleStack IPv6 6")]
    [InlineData("\"clusterIP\":\"fd00::50\",\"ipFamilyPolicy\":\"PreferDualStack\"", "PreferDualStack IPv6,IPv4 6,4")]
    [InlineData("\"clusterIP\":\"10.96.0.50\",\"clusterIPs\":[\"10.96.0.50\",\"fd00::50\"],"
        + "\"ipFamilyPolicy\":\"RequireDualStack\"", "RequireDualStack IPv4,IPv6 4,6")]
    [InlineData("\"clusterIP\":\"None\"", "RequireDualStack IPv4,IPv6 None")]
    [InlineData("\"clusterIP\":\"None\",\"selector\":{\"a\":\"b\"}", "SingleStack IPv4 None")]
    [InlineData("\"clusterIP\":\"None\",\"selector\":{\"a\":\"b\"},\"ipFamilyPolicy\":\"PreferDualStack\"",
        "PreferDualStack IPv4,IPv6 None")]
    [InlineData("\"clusterIP\":\"None\",\"ipFamilyPolicy\":\"SingleStack\",\"ipFamilies\":[\"IPv6\"]",
        "SingleStack IPv6 None")]
    [InlineData("\"type\":\"ExternalName\",\"externalName\":\"a.example.com\"", "  ")]
    [InlineData("\"clusterIP\":\"10.96.0.50\",\"clusterIPs\":[\"10.96.0.50\",\"fd00::50\"]",
        Invalid + "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or "
        + "'PreferDualStack' when multiple cluster IPs are specified")]
    [InlineData("\"ipFamilies\":[\"IPv4\",\"IPv6\"]",
        Invalid + "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or "
        + "'PreferDualStack' when multiple IP families are specified")]
    [InlineData("\"ipFamilies\":[\"IPv4\",\"IPv4\"],\"ipFamilyPolicy\":\"PreferDualStack\"",
        Invalid + "spec.ipFamilies[1]: Duplicate value: \"IPv4\"")]
    [InlineData("\"ipFamilies\":[\"IPv4\"],\"clusterIP\":\"fd00::50\"",
        Invalid + "spec.clusterIPs[0]: Invalid value: \"fd00::50\": expected an IPv4 value as indicated by "
        + "`ipFamilies[0]`")]
    [InlineData("\"clusterIP\":\"fd01::1\"",
        Invalid + "spec.clusterIPs: Invalid value: [\"fd01::1\"]: failed to allocate IP fd01::1: the provided network "
        + "does not match the current range")]
    [InlineData("\"type\":\"ExternalName\",\"externalName\":\"a.example.com\",\"ipFamilies\":[\"IPv4\"]",
        Invalid + "spec.ipFamilies: Forbidden: may not be set for ExternalName services")]
    public async Task NewService_hasItsFamilies(string spec, string expected)
    {
        await using var cluster = await StartAsync();
        Assert.Equal(expected, await ShownAsync(() => CreateAsync(cluster, spec)));
    }

    [Theory]
    [InlineData("\"ipFamilyPolicy\":\"PreferDualStack\"", "PreferDualStack IPv4 4")]
    [InlineData("\"clusterIP\":\"None\"", "RequireDualStack IPv4,IPv6 None")]
    [InlineData("\"ipFamilyPolicy\":\"RequireDualStack\"",
        Invalid + "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for "
        + "dual-stack services")]
    [InlineData("\"ipFamilies\":[\"IPv6\"]",
        Invalid + "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster")]
    [InlineData("\"clusterIP\":\"fd00::1\"",
        Invalid + "spec.clusterIPs[0]: Invalid value: [\"fd00::1\"]: IPv6 is not configured on this cluster")]
    public async Task ClusterOfOneFamily_hasNoOther(string spec, string expected)
    {
        await using var cluster = await TestCluster.StartAsync();
        Assert.Equal(expected, await ShownAsync(() => CreateAsync(cluster, spec)));
    }

    [Fact]
    public async Task Service_gainsTheSecondFamilyAndGivesItBack()
    {
        await using var cluster = await StartAsync();
        var single = await CreateAsync(cluster, "");
        var dual = await PatchAsync(cluster, """{"spec":{"ipFamilyPolicy":"RequireDualStack"}}""");
        Assert.Equal("RequireDualStack IPv4,IPv6 4,6", Shown(dual));
        Assert.Equal(single.Spec.ClusterIP, dual.Spec.ClusterIP);
        var second = dual.Spec.ClusterIPs[1];
        await cluster.WaitForAsync<IPAddress>("", second, static address => address is not null);
        Assert.Equal(
            Invalid + "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": must be 'SingleStack' to release the "
            + "secondary cluster IP", await ShownAsync(() => PatchAsync(
                cluster, $$$"""{"spec":{"clusterIPs":["{{{dual.Spec.ClusterIP}}}"]}}""")));
        Assert.Equal(
            Invalid + "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": must be 'SingleStack' to release the "
            + "secondary IP family", await ShownAsync(() => PatchAsync(
                cluster, """{"spec":{"ipFamilies":["IPv4"]}}""")));
        var again = await PatchAsync(cluster, """{"spec":{"ipFamilyPolicy":"SingleStack"}}""");
        Assert.Equal("SingleStack IPv4 4", Shown(again));
        Assert.Equal(single.Spec.ClusterIP, again.Spec.ClusterIP);
        await cluster.WaitForAsync<IPAddress>("", second, static address => address is null);
        var named = await PatchAsync(cluster, $$$"""
            {"spec":{"ipFamilyPolicy":"PreferDualStack","clusterIPs":["{{{single.Spec.ClusterIP}}}","{{{second}}}"]}}
            """);
        Assert.Equal("PreferDualStack IPv4,IPv6 4,6", Shown(named));
        Assert.Equal(second, named.Spec.ClusterIPs[1]);
    }

    [Fact]
    public async Task FirstFamily_mayNotChange()
    {
        await using var cluster = await StartAsync();
        await CreateAsync(cluster, "\"ipFamilyPolicy\":\"PreferDualStack\"");
        var refused = await ShownAsync(() => PatchAsync(
            cluster, """{"spec":{"ipFamilies":["IPv6","IPv4"]}}"""));
        Assert.Contains("expected an IPv6 value as indicated by `ipFamilies[0]`", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServiceThatBecomesAnAlias_givesBothAddressesBack()
    {
        await using var cluster = await StartAsync();
        var dual = await CreateAsync(cluster, "\"ipFamilyPolicy\":\"PreferDualStack\"");
        foreach (var address in dual.Spec.ClusterIPs.ToList())
        {
            await cluster.WaitForAsync<IPAddress>("", address, static item => item is not null);
        }

        await PatchAsync(cluster, """{"spec":{"type":"ExternalName","externalName":"a.example.com"}}""");
        foreach (var address in dual.Spec.ClusterIPs.ToList())
        {
            await cluster.WaitForAsync<IPAddress>("", address, static item => item is null);
        }

        var back = await PatchAsync(cluster, """{"spec":{"type":"ClusterIP","externalName":""}}""");
        Assert.Equal("SingleStack IPv4 4", Shown(back));
    }

    [Fact]
    public async Task DefaultRange_hasBothFamilies()
    {
        await using var cluster = await StartAsync();
        var range = await cluster.WaitForAsync<ServiceCIDR>("", "kubernetes", static item => item is not null);
        Assert.Equal(["10.96.0.0/16", "fd00::/112"], range!.Spec.CIDRs);
        var own = await cluster.Client.GetAsync<Service>("default", "kubernetes", TestCluster.Cancel);
        Assert.Equal("SingleStack IPv4 4", Shown(own));
    }

    private static Task<TestCluster> StartAsync() => TestCluster.StartAsync(Dual);

    internal static Netes.ApiServer.ApiServerOptions Dual(Netes.ApiServer.ApiServerOptions options) =>
        options with { SecondaryServiceNetwork = IPNetwork.Parse("fd00::/112") };

    private static Task<Service> CreateAsync(TestCluster cluster, string spec)
    {
        var text = "{\"apiVersion\":\"v1\",\"kind\":\"Service\","
            + "\"metadata\":{\"namespace\":\"default\",\"name\":\"web\"},"
            + "\"spec\":{" + spec + (spec.Length > 0 ? "," : "") + "\"ports\":[{\"port\":80}]}}";
        return cluster.Client.CreateAsync(
            JsonCodec.Decode<Service>(Encoding.UTF8.GetBytes(text)).Value!, TestCluster.Cancel);
    }

    private static Task<Service> PatchAsync(TestCluster cluster, string patch) =>
        cluster.Client.PatchAsync<Service>("default", "web", Patch.Merge(patch), "", TestCluster.Cancel);

    private static async Task<string> ShownAsync(Func<Task<Service>> write)
    {
        try
        {
            return Shown(await write());
        }
        catch (ApiException refused)
        {
            return refused.Message;
        }
    }

    private static string Shown(Service service) => string.Join(' ',
        service.Spec.IPFamilyPolicy, string.Join(',', service.Spec.IPFamilies),
        string.Join(',', service.Spec.ClusterIPs.Select(
            static ip => ip == "None" ? ip : ip.Contains(':', StringComparison.Ordinal) ? "6" : "4")));
}
