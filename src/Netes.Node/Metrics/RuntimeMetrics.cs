using Netes.Api.Telemetry;

namespace Netes.Nodes.Metrics;

/// <summary>The calls to the container runtime. Source: pkg/kubelet/kuberuntime/instrumented_services.go.</summary>
public sealed class RuntimeMetrics(MetricRegistry registry, TimeProvider time)
{
    private readonly CounterFamily _calls = registry.Counter(
        "kubelet_runtime_operations_total", "[ALPHA] Calls to the container runtime.", "operation_type");

    private readonly CounterFamily _errors = registry.Counter(
        "kubelet_runtime_operations_errors_total", "[ALPHA] Calls to the container runtime that failed.",
        "operation_type");

    private readonly HistogramFamily _times = registry.Histogram(
        "kubelet_runtime_operations_duration_seconds", "[ALPHA] Time of calls to the container runtime, in seconds.",
        Buckets.Exponential(0.005, 2.5, 14), "operation_type");

    private readonly HistogramFamily _sandboxes = registry.Histogram(
        "kubelet_run_podsandbox_duration_seconds",
        "[ALPHA] Time to make and start a pod's sandbox, in seconds, by its runtime class's handler.",
        Buckets.Default, "runtime_handler");

    private readonly CounterFamily _failedSandboxes = registry.Counter(
        "kubelet_run_podsandbox_errors_total",
        "[ALPHA] Sandboxes that the runtime could not make, by their runtime class's handler.", "runtime_handler");

    public async Task<T> CallAsync<T>(string operation, Func<Task<T>> call)
    {
        var began = time.GetTimestamp();
        var failed = true;
        try
        {
            var answer = await call();
            failed = false;
            return answer;
        }
        finally
        {
            Count(operation, began, failed);
        }
    }

    public async Task CallAsync(string operation, Func<Task> call)
    {
        var began = time.GetTimestamp();
        var failed = true;
        try
        {
            await call();
            failed = false;
        }
        finally
        {
            Count(operation, began, failed);
        }
    }

    public async Task<string> RunSandboxAsync(string handler, Func<Task<string>> call)
    {
        var began = time.GetTimestamp();
        var failed = true;
        try
        {
            var id = await CallAsync("run_podsandbox", call);
            failed = false;
            return id;
        }
        finally
        {
            _sandboxes.With(new(handler)).Observe(time.GetElapsedTime(began));
            if (failed)
            {
                _failedSandboxes.With(new(handler)).Add();
            }
        }
    }

    private void Count(string operation, long began, bool failed)
    {
        _calls.With(new(operation)).Add();
        _times.With(new(operation)).Observe(time.GetElapsedTime(began));
        if (failed)
        {
            _errors.With(new(operation)).Add();
        }
    }
}
