using System.Text.Json;

namespace Netes.Nodes.Stats;

/// <summary>
/// The node's and pods' use as the Summary API tells it.
/// Source: k8s.io/kubelet/pkg/apis/stats/v1alpha1/types.go (/stats/summary).
/// </summary>
internal static class SummaryWriter
{
    public static byte[] Write(string nodeName, NodeUsage usage)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("node");
            json.WriteString("nodeName", nodeName);
            WriteUse(json, usage.Node);
            json.WriteEndObject();
            json.WriteStartArray("pods");
            foreach (var pod in usage.Containers.GroupBy(item => item.PodUid))
            {
                WritePod(json, [.. pod]);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WritePod(Utf8JsonWriter json, ContainerUsage[] containers)
    {
        json.WriteStartObject();
        json.WriteStartObject("podRef");
        json.WriteString("name", containers[0].Pod);
        json.WriteString("namespace", containers[0].Namespace);
        json.WriteString("uid", containers[0].PodUid);
        json.WriteEndObject();
        json.WriteStartArray("containers");
        foreach (var container in containers)
        {
            json.WriteStartObject();
            json.WriteString("name", container.Container);
            WriteUse(json, container.Sample);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteUse(json, containers.Select(item => item.Sample).Aggregate(Add));
        json.WriteEndObject();
    }

    private static UsageSample Add(UsageSample left, UsageSample right) => left with
    {
        CpuNanoseconds = left.CpuNanoseconds + right.CpuNanoseconds,
        CpuNanocores = left.CpuNanocores + right.CpuNanocores,
        MemoryUsageBytes = left.MemoryUsageBytes + right.MemoryUsageBytes,
        MemoryWorkingSetBytes = left.MemoryWorkingSetBytes + right.MemoryWorkingSetBytes,
    };

    private static void WriteUse(Utf8JsonWriter json, UsageSample sample)
    {
        json.WriteStartObject("cpu");
        json.WriteString("time", sample.Time);
        if (sample.CpuNanocores is { } rate)
        {
            json.WriteNumber("usageNanoCores", rate);
        }

        json.WriteNumber("usageCoreNanoSeconds", sample.CpuNanoseconds);
        json.WriteEndObject();
        json.WriteStartObject("memory");
        json.WriteString("time", sample.Time);
        json.WriteNumber("usageBytes", sample.MemoryUsageBytes);
        json.WriteNumber("workingSetBytes", sample.MemoryWorkingSetBytes);
        json.WriteEndObject();
    }
}
