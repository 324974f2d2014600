using System.Buffers;
using System.Text;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Tests.ControlPlane.Crashes;

namespace Netes.Tests.ControlPlane.RootCertificates;

public sealed class RootCertificateTests
{
    private const string Map = "kube-root-ca.crt";
    private const string Description = "kubernetes.io/description";

    [Fact]
    public async Task DescriptionOfAUser_staysUntilTheMapIsWritten()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Run(new ControllerLife(cluster, ["root-ca-cert-publisher"], TimeProvider.System).RunAsync);
        var map = await cluster.WaitForAsync<ConfigMap>("default", Map, found => found is not null);
        await cluster.WaitForAsync<ConfigMap>("kube-public", Map, found => found is not null);
        await cluster.Client.UpdateAsync(
            map! with { Metadata = map.Metadata with { Annotations = ValueMap.Of((Description, "ours")) } },
            TestCluster.Cancel);

        // One at a time, in order: when this one is mended, the other was looked at.
        await BreakAsync(cluster, "kube-public");
        await cluster.WaitForAsync<ConfigMap>("kube-public", Map, found => found!.Data.Get("ca.crt", "") == "pem");
        map = await cluster.Client.GetAsync<ConfigMap>("default", Map, TestCluster.Cancel);
        Assert.Equal("ours", map.Metadata.Annotations.Get(Description, ""));
        await BreakAsync(cluster, "default");
        map = await cluster.WaitForAsync<ConfigMap>("default", Map, found => found!.Data.Get("ca.crt", "") == "pem");
        Assert.StartsWith("Contains a CA bundle", map!.Metadata.Annotations.Get(Description, ""),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looks_areCountedByTheAnswer()
    {
        await using var cluster = await TestCluster.StartAsync();
        var metrics = new MetricRegistry();
        var refused = 0;
        var life = new ControllerLife(
            cluster, ["root-ca-cert-publisher"], TimeProvider.System, metrics,
            request => request.Method == HttpMethod.Post && Interlocked.Increment(ref refused) == 1);
        cluster.Run(life.RunAsync);
        await cluster.Client.CreateAsync(
            new Namespace { Metadata = new() { Name = "team" } }, TestCluster.Cancel);
        await cluster.WaitForListAsync<ConfigMap>(
            "", maps => maps.Count(map => map.Metadata.Name == Map) == 5);
        var output = new ArrayBufferWriter<byte>();
        metrics.WriteTo(output);
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.Contains("root_ca_cert_publisher_sync_total{code=\"500\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("root_ca_cert_publisher_sync_total{code=\"200\"} ", text, StringComparison.Ordinal);
        Assert.Contains(
            "root_ca_cert_publisher_sync_duration_seconds_bucket{code=\"500\",le=\"16.384\"} 1\n", text,
            StringComparison.Ordinal);
        Assert.Contains("workqueue_adds_total{name=\"root_ca_cert_publisher\"} ", text, StringComparison.Ordinal);
    }

    private static async Task BreakAsync(TestCluster cluster, string ns)
    {
        var map = await cluster.Client.GetAsync<ConfigMap>(ns, Map, TestCluster.Cancel);
        await cluster.Client.UpdateAsync(
            map with { Data = ValueMap.Of(("ca.crt", "broken")) }, TestCluster.Cancel);
    }
}
