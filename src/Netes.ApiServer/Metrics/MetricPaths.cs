using System.Buffers;
using System.Diagnostics;
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

    /// <summary>What is known of the process. Source: client_golang/prometheus/process_collector.go.</summary>
    public static void AddProcess(MetricRegistry registry)
    {
        registry.ReadCounter(
            "process_cpu_seconds_total", "Time of processors that the process has used, in seconds.",
            static () => [(default, Environment.CpuUsage.TotalTime.TotalSeconds)]);
        registry.Read(
            "process_resident_memory_bytes", "Memory that the process holds, in bytes.",
            static () => [(default, Environment.WorkingSet)]);
        registry.Read(
            "process_start_time_seconds", "When the process began, in seconds since 1970.",
            static () => [(default, StartSeconds)]);
        registry.ReadCounter(
            "dotnet_allocated_bytes_total", "Bytes that the process has allocated.",
            static () => [(default, GC.GetTotalAllocatedBytes())]);
        registry.ReadCounter(
            "dotnet_collections_total", "Garbage collections by generation.",
            static () => Enumerable.Range(0, GC.MaxGeneration + 1).Select(static generation =>
                (new LabelValues($"{generation}"), (double)GC.CollectionCount(generation))), "generation");
    }

    private static double StartSeconds { get; } = FindStart();

    private static double FindStart()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();
    }

    private static ApiResult Write(MetricRegistry registry)
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        registry.WriteTo(output);
        return Answers.Bytes(output.WrittenMemory, ContentType);
    }
}
