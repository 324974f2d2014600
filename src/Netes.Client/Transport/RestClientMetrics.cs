using System.Globalization;
using Netes.Api.Telemetry;

namespace Netes.Client;

/// <summary>
/// The requests that go over the wire. Threading: every member may be called from any thread.
/// Source: component-base/metrics/prometheus/restclient/metrics.go; client-go rest/request.go.
/// </summary>
public sealed class RestClientMetrics(MetricRegistry registry, TimeProvider time)
{
    private readonly CounterFamily _requests = registry.Counter(
        "rest_client_requests_total", "[BETA] Requests to the API by the answer's code, method and host.", "code",
        "method", "host");

    private readonly HistogramFamily _times = registry.Histogram(
        "rest_client_request_duration_seconds", "[BETA] Time until the API answered, in seconds.",
        [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60], "verb", "host");

    public long Begin() => time.GetTimestamp();

    /// <param name="request">What was asked.</param>
    /// <param name="host">The server, with its port.</param>
    /// <param name="began">What <see cref="Begin"/> answered.</param>
    /// <param name="code">Of the answer; null when there was none.</param>
    public void Answered(ApiRequest request, string host, long began, int? code)
    {
        var verb = request.Method.Method;
        _requests.With(new(code is { } number ? TextOf(number) : "<error>", verb, host)).Add();
        if (!IsWatch(request))
        {
            _times.With(new(verb, host)).Observe(time.GetElapsedTime(began));
        }
    }

    // A watch is counted and has no time, as in client-go.
    private static bool IsWatch(ApiRequest request)
    {
        var query = request.PathAndQuery.AsSpan(request.PathAndQuery.IndexOf('?') + 1);
        return request.Method == HttpMethod.Get && query.Length < request.PathAndQuery.Length
            && (query.Contains("watch=true", StringComparison.Ordinal)
                || query.Contains("watch=1", StringComparison.Ordinal));
    }

    private static string TextOf(int code) => code switch
    {
        200 => "200", 201 => "201", 404 => "404", 409 => "409", _ => code.ToString(CultureInfo.InvariantCulture),
    };
}
