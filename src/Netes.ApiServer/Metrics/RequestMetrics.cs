using System.IO.Pipelines;
using Netes.Api.Telemetry;

namespace Netes.ApiServer.Metrics;

/// <summary>
/// Counts, latencies and sizes of requests. Source: apiserver pkg/endpoints/metrics/metrics.go, MonitorRequest.
/// </summary>
internal sealed class RequestMetrics(MetricRegistry registry, Func<RequestInfo, bool> isServed, TimeProvider time)
{
    private static readonly double[] LatencyBounds =
    [
        0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60,
    ];

    private static readonly HashSet<string> Subresources = new(StringComparer.Ordinal)
    {
        "status", "scale", "log", "exec", "attach", "portforward", "proxy", "binding", "eviction", "token",
        "ephemeralcontainers", "resize", "finalize", "approval",
    };

    private readonly CounterFamily _total = registry.Counter(
        "apiserver_request_total", "[STABLE] Requests answered, by what they were about and the answer's code.",
        "verb", "dry_run", "group", "version", "resource", "subresource", "scope", "component", "code");

    private readonly HistogramFamily _latency = registry.Histogram(
        "apiserver_request_duration_seconds", "[STABLE] Time from a request to the end of its answer, in seconds.",
        LatencyBounds, "verb", "dry_run", "group", "version", "resource", "subresource", "scope", "component");

    private readonly HistogramFamily _sizes = registry.Histogram(
        "apiserver_response_sizes", "[STABLE] Bytes of the answers to reads.", Buckets.Exponential(1000, 10, 7),
        "verb", "group", "version", "resource", "subresource", "scope", "component");

    private readonly GaugeFamily _longRunning = registry.Gauge(
        "apiserver_longrunning_requests", "[STABLE] Watches and streams that are open now.",
        "verb", "group", "version", "resource", "subresource", "scope", "component");

    private readonly CounterFamily _terminated = registry.Counter(
        "apiserver_request_terminations_total", "[ALPHA] Requests that the server ended to protect itself.",
        "verb", "group", "version", "resource", "subresource", "scope", "component", "code");

    /// <summary>Takes note of an answer; of one that comes over time when its last byte was written.</summary>
    public ApiResult Note(ApiCall call, RequestInfo info, long started, ApiResult result)
    {
        var labels = Labels(call, info);
        if (result.StatusCode is 429 or 504)
        {
            _terminated.With(ToTermination(labels, result.StatusCode)).Add();
        }

        switch (result.Body)
        {
            case ApiResultBody.Stream stream:
                return result with
                {
                    Body = new ApiResultBody.Stream((output, cancel) => OpenAsync(
                        labels, info, started, result.StatusCode, () => stream.WriteAsync(output, cancel))),
                };
            case ApiResultBody.Upgraded upgraded:
                return result with
                {
                    Body = new ApiResultBody.Upgraded((raw, cancel) => OpenAsync(
                        labels, info, started, 101, () => upgraded.RunAsync(raw, cancel))),
                };
            case ApiResultBody.Segments segments when labels.A is "GET" or "LIST":
                _sizes.With(WithoutDryRun(labels)).Observe(segments.LengthBytes);
                break;
        }

        Count(labels, started, result.StatusCode);
        return result;
    }

    private async Task OpenAsync(LabelValues labels, RequestInfo info, long started, int code, Func<Task> run)
    {
        var gauge = info.Verb == "list" ? null : _longRunning.With(WithoutDryRun(labels));
        gauge?.Add();
        try
        {
            await run();
        }
        finally
        {
            gauge?.Add(-1);
            Count(labels, started, code);
        }
    }

    private void Count(in LabelValues labels, long started, int code)
    {
        _total.With(labels with { I = Code(code) }).Add();
        _latency.With(labels).Observe(time.GetElapsedTime(started));
    }

    private LabelValues Labels(ApiCall call, RequestInfo info)
    {
        var dryRun = call.Query.Text.Length > 0 && call.Query.Contains("dryRun") ? "All" : "";
        if (!info.IsResourceRequest)
        {
            return new(Verb(info, call), dryRun, F: info.Path is "/healthz" or "/livez" or "/readyz" ? info.Path : "");
        }

        // What is not served has no name here: the words of its URL are the client's.
        return isServed(info)
            ? new(Verb(info, call), dryRun, info.ApiGroup, info.ApiVersion, info.Resource,
                Subresources.Contains(info.Subresource) ? info.Subresource : "", Scope(info), "apiserver")
            : new(Verb(info, call), dryRun, H: "apiserver");
    }

    private static LabelValues WithoutDryRun(in LabelValues labels) =>
        new(labels.A, labels.C, labels.D, labels.E, labels.F, labels.G, labels.H);

    private static LabelValues ToTermination(in LabelValues labels, int code) =>
        WithoutDryRun(labels) with { H = Code(code) };

    private static string Scope(RequestInfo info) =>
        info.Name.Length > 0 || info.Verb == "create" ? "resource"
        : info.Namespace.Length > 0 ? "namespace" : "cluster";

    private static string Verb(RequestInfo info, ApiCall call) => info.Subresource switch
    {
        "exec" or "attach" or "portforward" or "proxy" => "CONNECT",
        _ => info.Verb switch
        {
            "get" => "GET",
            "list" => "LIST",
            "watch" => "WATCH",
            "create" or "post" => "POST",
            "update" or "put" => "PUT",
            "patch" => call.Headers["Content-Type"].StartsWith("application/apply", StringComparison.Ordinal)
                ? "APPLY"
                : "PATCH",
            "delete" => "DELETE",
            "deletecollection" => "DELETECOLLECTION",
            "proxy" => "CONNECT",
            _ => "other",
        },
    };

    private static string Code(int code) => code switch
    {
        200 => "200",
        201 => "201",
        404 => "404",
        409 => "409",
        _ => code.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
