using System.Globalization;
using System.Text.Json;
using Netes.Bench.Load;

namespace Netes.Bench.Hollow;

/// <summary>What a hollow node knows of a pod that is bound to it.</summary>
internal sealed record HollowPod(
    string Namespace, string Name, string Uid, bool IsDeleted, IReadOnlyList<(string Name, string Image)> Containers)
{
    public string Path => $"/api/v1/namespaces/{Namespace}/pods/{Name}";

    /// <summary>Null: the line is of a deletion that has happened, or no pod.</summary>
    public static HollowPod? Read(ReadOnlyMemory<byte> line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        if (json.RootElement.GetProperty("type").GetString() is not ("ADDED" or "MODIFIED"))
        {
            return null;
        }

        JsonElement pod = json.RootElement.GetProperty("object");
        JsonElement metadata = pod.GetProperty("metadata");
        return new HollowPod(
            metadata.GetProperty("namespace").GetString()!,
            metadata.GetProperty("name").GetString()!,
            metadata.GetProperty("uid").GetString()!,
            metadata.TryGetProperty("deletionTimestamp", out _),
            [
                .. pod.GetProperty("spec").GetProperty("containers").EnumerateArray().Select(
                    container => (container.GetProperty("name").GetString()!,
                        container.GetProperty("image").GetString()!)),
            ]);
    }

    public byte[] DeleteBody() => Objects.Utf8(
        $$$"""
        {"apiVersion":"v1","kind":"DeleteOptions","gracePeriodSeconds":0,"preconditions":{"uid":"{{{Uid}}}"}}
        """);

    /// <summary>As a kubelet's patch when the containers have started.</summary>
    public byte[] RunningStatus()
    {
        string now = Objects.Now();
        string containers = string.Join(',', Containers.Select(container => $$$"""
            {"name":"{{{container.Name}}}","image":"{{{container.Image}}}","imageID":"hollow",
            "ready":true,"started":true,"restartCount":0,"containerID":"hollow://{{{Uid}}}",
            "state":{"running":{"startedAt":"{{{now}}}"}},"lastState":{}}
            """));
        string conditions = string.Join(
            ',',
            new[] { "PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady" }.Select(type =>
                $$$"""{"type":"{{{type}}}","status":"True","lastProbeTime":null,"lastTransitionTime":"{{{now}}}"}"""));
        string ip = string.Create(
            CultureInfo.InvariantCulture, $"10.{Uid.GetHashCode(StringComparison.Ordinal) & 127}.1.1");
        return Objects.Utf8(
            $$$"""
            {"metadata":{"uid":"{{{Uid}}}"},"status":{"phase":"Running","hostIP":"127.0.0.1","podIP":"{{{ip}}}",
            "podIPs":[{"ip":"{{{ip}}}"}],"startTime":"{{{now}}}","conditions":[{{{conditions}}}],
            "containerStatuses":[{{{containers}}}]}}
            """);
    }
}
