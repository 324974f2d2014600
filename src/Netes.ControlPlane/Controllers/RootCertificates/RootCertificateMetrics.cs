using System.Globalization;
using Netes.Api;
using Netes.Api.Telemetry;

namespace Netes.ControlPlane;

/// <summary>
/// How often the authority was published, and how long that took, by the API's answer. Source:
/// pkg/controller/certificates/rootcacertpublisher/metrics.go.
/// </summary>
internal sealed class RootCertificateMetrics(MetricRegistry registry, TimeProvider time)
{
    private static readonly double[] Bounds = Buckets.Exponential(0.001, 2, 15);

    private readonly CounterFamily _syncs = registry.Counter(
        "root_ca_cert_publisher_sync_total",
        "[ALPHA] Namespaces that were looked at for the API server's authority.", "code");

    private readonly HistogramFamily _times = registry.Histogram(
        "root_ca_cert_publisher_sync_duration_seconds",
        "[ALPHA] Time that a look at a namespace took, in seconds.", Bounds, "code");

    /// <summary>Does the work, and counts it as 200, as the failed request's code, or as 500.</summary>
    public async Task<T> MeasureAsync<T>(Func<Task<T>> work)
    {
        var (begun, code) = (time.GetTimestamp(), 500);
        try
        {
            var result = await work();
            code = 200;
            return result;
        }
        catch (ApiException failure) when (failure.Code != 0)
        {
            code = failure.Code;
            throw;
        }
        finally
        {
            var labels = new LabelValues(code.ToString(CultureInfo.InvariantCulture));
            _syncs.With(labels).Add();
            _times.With(labels).Observe(time.GetElapsedTime(begun));
        }
    }
}
