using System.Buffers;
using System.Text.Json;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// What extenders are sent and what they answer, with Go's names of the fields; answers in any case, as Go reads them.
/// Source: staging k8s.io/kube-scheduler/extender/v1/types.go.
/// </summary>
internal static class ExtenderMessages
{
    /// <summary>ExtenderArgs.</summary>
    public static ReadOnlyMemory<byte> Nodes(Pod pod, IReadOnlyList<NodeInfo> nodes, bool namesOnly) => Write(json =>
    {
        json.WritePropertyName("Pod");
        pod.WriteJson(json);
        if (namesOnly)
        {
            json.WriteNull("Nodes");
            json.WriteStartArray("NodeNames");
            foreach (var node in nodes)
            {
                json.WriteStringValue(node.Name);
            }

            json.WriteEndArray();
            return;
        }

        json.WriteStartObject("Nodes");
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        json.WriteStartArray("items");
        foreach (var node in nodes)
        {
            node.Node.WriteJson(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteNull("NodeNames");
    });

    /// <summary>ExtenderPreemptionArgs.</summary>
    public static ReadOnlyMemory<byte> Preemption(Pod pod, IEnumerable<Victims> candidates, bool idsOnly) =>
        Write(json =>
        {
            json.WritePropertyName("Pod");
            pod.WriteJson(json);
            json.WriteNull(idsOnly ? "NodeNameToVictims" : "NodeNameToMetaVictims");
            json.WriteStartObject(idsOnly ? "NodeNameToMetaVictims" : "NodeNameToVictims");
            foreach (var candidate in candidates)
            {
                json.WriteStartObject(candidate.Node.Name);
                json.WriteStartArray("Pods");
                foreach (var victim in candidate.Pods)
                {
                    if (idsOnly)
                    {
                        json.WriteStartObject();
                        json.WriteString("UID", victim.Pod.Metadata.Uid);
                        json.WriteEndObject();
                    }
                    else
                    {
                        victim.Current.WriteJson(json);
                    }
                }

                json.WriteEndArray();
                json.WriteNumber("NumPDBViolations", candidate.Violations);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });

    /// <summary>ExtenderBindingArgs.</summary>
    public static ReadOnlyMemory<byte> Binding(Pod pod, string node) => Write(json =>
    {
        json.WriteString("PodName", pod.Metadata.Name);
        json.WriteString("PodNamespace", pod.Metadata.Namespace);
        json.WriteString("PodUID", pod.Metadata.Uid);
        json.WriteString("Node", node);
    });

    /// <summary>A field, whatever the case of its name; null: there is none.</summary>
    public static JsonElement? Field(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var field in json.EnumerateObject())
        {
            if (string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return field.Value.ValueKind == JsonValueKind.Null ? null : field.Value;
            }
        }

        return null;
    }

    public static string Text(JsonElement json, string name) => Field(json, name)?.GetString() ?? "";

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
