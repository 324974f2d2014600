using System.Globalization;
using System.Text;

namespace Netes.Nodes.Stats;

/// <summary>
/// The node's and containers' use in the text form of Prometheus.
/// Source: pkg/kubelet/metrics/collectors/resource_metrics.go (/metrics/resource).
/// </summary>
internal static class ResourceMetrics
{
    private const double NanosecondsPerSecond = 1e9;

    public static string Render(NodeUsage usage)
    {
        var text = new StringBuilder();
        Head(text, "container_cpu_usage_seconds_total", "counter",
            "Cumulative cpu time consumed by the container in core-seconds");
        foreach (var item in usage.Containers)
        {
            Line(text, "container_cpu_usage_seconds_total", Labels(item), Seconds(item.Sample), item.Sample);
        }

        Head(text, "container_memory_working_set_bytes", "gauge", "Current working set of the container in bytes");
        foreach (var item in usage.Containers)
        {
            Line(text, "container_memory_working_set_bytes", Labels(item), item.Sample.MemoryWorkingSetBytes,
                item.Sample);
        }

        Head(text, "node_cpu_usage_seconds_total", "counter",
            "Cumulative cpu time consumed by the node in core-seconds");
        Line(text, "node_cpu_usage_seconds_total", "", Seconds(usage.Node), usage.Node);
        Head(text, "node_memory_working_set_bytes", "gauge", "Current working set of the node in bytes");
        Line(text, "node_memory_working_set_bytes", "", usage.Node.MemoryWorkingSetBytes, usage.Node);

        var pods = usage.Containers.GroupBy(item => (item.Namespace, item.Pod)).ToArray();
        Head(text, "pod_cpu_usage_seconds_total", "counter", "Cumulative cpu time consumed by the pod in core-seconds");
        foreach (var pod in pods)
        {
            Line(text, "pod_cpu_usage_seconds_total", Labels(pod.Key), pod.Sum(item => Seconds(item.Sample)),
                pod.First().Sample);
        }

        Head(text, "pod_memory_working_set_bytes", "gauge", "Current working set of the pod in bytes");
        foreach (var pod in pods)
        {
            Line(text, "pod_memory_working_set_bytes", Labels(pod.Key),
                pod.Sum(item => (double)item.Sample.MemoryWorkingSetBytes), pod.First().Sample);
        }

        Head(text, "resource_scrape_error", "gauge",
            "1 if there was an error while getting container metrics, 0 otherwise");
        return text.Append("resource_scrape_error 0\n").ToString();
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} [STABLE] {help}\n# TYPE {name} {type}\n");

    private static void Line(StringBuilder text, string name, string labels, double value, UsageSample sample) =>
        text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value:R} {sample.Time.ToUnixTimeMilliseconds()}\n");

    // Names of pods and containers need no escaping: their grammar has neither quotes nor backslashes.
    private static string Labels(ContainerUsage item) =>
        $"{{container=\"{item.Container}\",namespace=\"{item.Namespace}\",pod=\"{item.Pod}\"}}";

    private static string Labels((string Namespace, string Pod) pod) =>
        $"{{namespace=\"{pod.Namespace}\",pod=\"{pod.Pod}\"}}";

    private static double Seconds(UsageSample sample) => sample.CpuNanoseconds / NanosecondsPerSecond;
}
