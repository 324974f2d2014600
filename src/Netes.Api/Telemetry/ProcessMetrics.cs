using System.Diagnostics;

namespace Netes.Api.Telemetry;

/// <summary>What is known of the process. Source: client_golang/prometheus/process_collector.go.</summary>
public static class ProcessMetrics
{
    public static void Add(MetricRegistry registry)
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
}
