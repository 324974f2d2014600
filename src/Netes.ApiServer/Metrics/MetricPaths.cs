using System.Buffers;
using Netes.Api.Telemetry;
using Netes.ApiServer.Health;
using Netes.ApiServer.Rendering;
using Netes.ApiServer.Routing;

namespace Netes.ApiServer.Metrics;

/// <summary>
/// <c>/metrics</c> and <c>/metrics/slis</c>; who may read them is decided as for every path (the role
/// system:monitoring). Source: apiserver pkg/server/routes/metrics.go; component-base/metrics/prometheus/slis.
/// </summary>
internal static class MetricPaths
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static void Map(PathRouter router, MetricRegistry registry, IReadOnlyList<HealthCheck> checks)
    {
        var indicators = new MetricRegistry();
        indicators.Read(
            "kubernetes_healthcheck", "[STABLE] 1 where a health check passes, 0 where it fails.",
            () => checks.Select(static check =>
                (new LabelValues(check.Name, "readyz"), check.Problem() is null ? 1.0 : 0.0)),
            "name", "type");
        router.Map("/metrics", _ => Write(registry));
        router.Map("/metrics/slis", _ => Write(indicators));
    }

    private static ApiResult Write(MetricRegistry registry)
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        registry.WriteTo(output);
        return Answers.Bytes(output.WrittenMemory, ContentType);
    }
}
