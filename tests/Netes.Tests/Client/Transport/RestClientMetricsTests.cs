using System.Buffers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Netes.Api.Telemetry;
using Netes.Client;

namespace Netes.Tests.Client.Transport;

public class RestClientMetricsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MetricRegistry _registry = new();

    [Fact]
    public void Requests_are_told_by_code_method_and_host_and_watches_have_no_time()
    {
        var metrics = new RestClientMetrics(_registry, _time);
        var began = metrics.Begin();
        _time.Advance(TimeSpan.FromSeconds(3));
        metrics.Answered(new(HttpMethod.Get, "/api/v1/pods?limit=5"), "server:6443", began, 200);
        metrics.Answered(new(HttpMethod.Get, "/api/v1/pods?watch=true"), "server:6443", began, 200);
        metrics.Answered(new(HttpMethod.Post, "/api/v1/namespaces/watch=1/pods"), "server:6443", began, 409);

        Shows("rest_client_requests_total{code=\"200\",method=\"GET\",host=\"server:6443\"} 2",
            "rest_client_requests_total{code=\"409\",method=\"POST\",host=\"server:6443\"} 1",
            "rest_client_request_duration_seconds_sum{verb=\"GET\",host=\"server:6443\"} 3",
            "rest_client_request_duration_seconds_count{verb=\"GET\",host=\"server:6443\"} 1",
            "rest_client_request_duration_seconds_bucket{verb=\"GET\",host=\"server:6443\",le=\"2\"} 0",
            "rest_client_request_duration_seconds_bucket{verb=\"GET\",host=\"server:6443\",le=\"4\"} 1",
            "rest_client_request_duration_seconds_count{verb=\"POST\",host=\"server:6443\"} 1");
    }

    [Fact]
    public async Task Request_without_an_answer_is_told_as_error()
    {
        using var transport = new HttpTransport(new()
        {
            Server = new Uri("https://127.0.0.1:1"), Metrics = new(_registry, _time),
        });

        await Assert.ThrowsAsync<HttpRequestException>(() => transport.SendAsync(
            new(HttpMethod.Get, "/version"), TestContext.Current.CancellationToken));

        Shows("rest_client_requests_total{code=\"<error>\",method=\"GET\",host=\"127.0.0.1:1\"} 1");
    }

    private void Shows(params string[] lines)
    {
        var output = new ArrayBufferWriter<byte>();
        _registry.WriteTo(output);
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.All(lines, line => Assert.Contains(line + "\n", text, StringComparison.Ordinal));
    }
}
