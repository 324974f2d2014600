using Grpc.Core;
using Netes.Api.Telemetry;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Devices;

/// <summary>What the agent counts of devices. Source: pkg/kubelet/metrics/metrics.go, cm/dra/claiminfo.go.</summary>
internal sealed class DeviceMetrics(MetricRegistry registry, TimeProvider time)
{
    /// <summary>Stands for the claims of all drivers, each counted once.</summary>
    private const string AnyDriver = "<any>";

    private readonly HistogramFamily _operations = registry.Histogram(
        "dra_operations_duration_seconds",
        "[ALPHA] Time to prepare (PrepareResources) or give back (UnprepareResources) all claims of a pod, in seconds.",
        Buckets.Default, "operation_name", "is_error");

    private readonly HistogramFamily _calls = registry.Histogram(
        "dra_grpc_operations_duration_seconds", "[ALPHA] Time of calls to drivers of devices, in seconds.",
        Buckets.Default, "driver_name", "method_name", "grpc_status_code");

    public void Count(PreparedClaims claims) => registry.Read(
        "dra_resource_claims_in_use",
        "[ALPHA] Claims in use on the node, by driver and, as <any>, of all drivers: a claim may be of several.",
        () =>
        {
            var all = claims.All;
            return all.SelectMany(claim => claim.Drivers.Keys).GroupBy(name => name)
                .Select(static driver => (new LabelValues(driver.Key), (double)driver.Count()))
                .Append((new LabelValues(AnyDriver), all.Length));
        },
        "driver_name");

    public async Task OperationAsync(string name, Func<Task> run)
    {
        var began = time.GetTimestamp();
        var failed = true;
        try
        {
            await run();
            failed = false;
        }
        finally
        {
            _operations.With(new(name, failed ? "true" : "false")).Observe(time.GetElapsedTime(began));
        }
    }

    public async Task<T> CallAsync<T>(string driver, string method, Func<Task<T>> call)
    {
        var began = time.GetTimestamp();
        var code = StatusCode.OK;
        try
        {
            return await call();
        }
        catch (RuntimeException error)
        {
            code = error.Code;
            throw;
        }
        finally
        {
            // gRPC's own word has one l.
            var word = code == StatusCode.Cancelled ? "Canceled" : code.ToString();
            _calls.With(new(driver, method, word)).Observe(time.GetElapsedTime(began));
        }
    }
}
