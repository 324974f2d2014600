using System.Text;
using Netes.ApiServer;
using Netes.ApiServer.Authentication;
using Netes.Tests.ApiServer.Authorization;

namespace Netes.Tests.ApiServer.Metrics;

/// <summary>Goal: what the server does is told under Kubernetes' names, to those who may know.</summary>
public sealed class ServerMetricsTests
{
    private static readonly UserIdentity Admin = new() { Name = "admin", Groups = ["system:masters"] };

    [Fact]
    public async Task Requests_and_calls_to_the_store_are_counted()
    {
        await using var server = await RunningServer.StartAsync();
        const string Secrets = "/api/v1/namespaces/default/secrets";
        await server.CallAsync(Admin, "POST", Secrets, """{"metadata":{"name":"a"}}""");
        await server.CallAsync(Admin, "POST", Secrets, """{"metadata":{"name":"a"}}""");
        await server.CallAsync(Admin, "GET", Secrets + "/a");
        await server.CallAsync(Admin, "GET", "/api/v1/nonsense/x");
        await server.CallAsync("bob", "DELETE", Secrets + "/a");
        var (code, text) = await server.CallAsync(Admin, "GET", "/metrics");
        Assert.Equal(200, code);
        const string About = "group=\"\",version=\"v1\",resource=\"secrets\",subresource=\"\","
            + "scope=\"resource\",component=\"apiserver\"";
        foreach (var line in (string[])
        [
            "# TYPE apiserver_request_total counter",
            $"apiserver_request_total{{verb=\"POST\",dry_run=\"\",{About},code=\"201\"}} 1",
            $"apiserver_request_total{{verb=\"POST\",dry_run=\"\",{About},code=\"409\"}} 1",
            $"apiserver_request_total{{verb=\"GET\",dry_run=\"\",{About},code=\"200\"}} 1",
            $"apiserver_request_total{{verb=\"DELETE\",dry_run=\"\",{About},code=\"403\"}} 1",
            $"apiserver_request_duration_seconds_count{{verb=\"POST\",dry_run=\"\",{About}}} 2",
            $"apiserver_response_sizes_count{{verb=\"GET\",{About}}} 1",
            "etcd_requests_total{operation=\"create\",resource=\"secrets\"} 2",
            "etcd_request_duration_seconds_count{operation=\"create\",resource=\"secrets\"} 2",
            "apiserver_current_inflight_requests{request_kind=\"readOnly\"} 1",
            "apiserver_storage_objects{resource=\"secrets\"} 1",
            "authorization_attempts_total{result=\"denied\"} 1",
            "# TYPE process_resident_memory_bytes gauge",
        ])
        {
            Assert.Contains(line + "\n", text + "\n", StringComparison.Ordinal);
        }

        Assert.DoesNotContain("nonsense", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_counts_its_events_and_is_open_until_it_ends()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAccountAsync("default", "default");
        var result = await server.HandleAsync(new ApiCall
        {
            Method = "GET",
            Path = "/api/v1/namespaces/default/serviceaccounts",
            Query = ApiQuery.Parse("watch=1&resourceVersion=0&timeoutSeconds=1"),
            InProcessUser = Admin,
        });
        var output = System.IO.Pipelines.PipeWriter.Create(new MemoryStream());
        var body = Assert.IsType<ApiResultBody.Stream>(result.Body);
        await body.WriteAsync(output, TestContext.Current.CancellationToken);
        var (_, text) = await server.CallAsync(Admin, "GET", "/metrics");
        const string About = "group=\"\",version=\"v1\",resource=\"serviceaccounts\"";
        Assert.Contains($"apiserver_watch_events_total{{{About}}} 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"apiserver_watch_events_sizes_count{{{About}}} 1\n", text, StringComparison.Ordinal);
        Assert.Contains(
            $"apiserver_longrunning_requests{{verb=\"WATCH\",{About},subresource=\"\",scope=\"namespace\","
            + "component=\"apiserver\"} 0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_for_those_who_may_read_them()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal(403, (await server.CallAsync("bob", "GET", "/metrics")).Code);
        var monitor = new UserIdentity { Name = "prometheus", Groups = ["system:monitoring"] };
        Assert.Equal(200, (await server.CallAsync(monitor, "GET", "/metrics")).Code);
        var (code, text) = await server.CallAsync(monitor, "GET", "/metrics/slis");
        Assert.Equal(200, code);
        Assert.Contains("kubernetes_healthcheck{name=\"etcd\",type=\"readyz\"} 1\n", text, StringComparison.Ordinal);
    }
}
