using System.Globalization;
using Microsoft.AspNetCore.Http;
using Netes.Api.Core;
using Netes.Nodes.Logs;
using Netes.Nodes.Pods;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Server;

/// <summary>A request that cannot be answered as asked.</summary>
internal sealed class BadNodeRequestException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
}

/// <summary>Answers requests for logs. Source: pkg/kubelet/kubelet_pods.go (GetKubeletContainerLogs).</summary>
internal sealed class LogRequests(IContainerRuntime runtime, LogReader reader, TimeProvider time)
{
    // In seconds: before anything was written on any machine, and a time that can be reckoned with.
    private const long LongAgo = 100L * 365 * 24 * 60 * 60;

    public async Task RunAsync(HttpContext context, Pod pod, string container, CancellationToken cancel)
    {
        var query = context.Request.Query;
        var options = Parse(query);
        var id = InstanceOf(pod, container, IsTrue(query["previous"]));
        var status = await runtime.ContainerStatusAsync(id, cancel);
        if (status is null || !File.Exists(status.LogPath))
        {
            throw new BadNodeRequestException(404, $"unable to retrieve container logs for containerd://{id}");
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.StartAsync(cancel);
        await context.Response.Body.FlushAsync(cancel);
        await reader.CopyAsync(
            status.LogPath, options,
            async token => await runtime.ContainerStatusAsync(id, token) is
                { State: Cri.ContainerState.ContainerRunning },
            context.Response.Body, cancel);
    }

    private LogReadOptions Parse(IQueryCollection query)
    {
        DateTimeOffset? since = null;
        if (Number(query, "sinceSeconds") is { } seconds)
        {
            since = seconds < LongAgo ? time.GetUtcNow() - TimeSpan.FromSeconds(seconds) : null;
        }
        else if ((string?)query["sinceTime"] is { Length: > 0 } text)
        {
            var style = DateTimeStyles.AssumeUniversal;
            since = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, style, out var at)
                ? at : throw new BadNodeRequestException(400, $"unable to decode query: invalid sinceTime {text}");
        }

        var stream = (string?)query["stream"] ?? "";
        return new()
        {
            Follow = IsTrue(query["follow"]),
            Timestamps = IsTrue(query["timestamps"]),
            TailLines = Number(query, "tailLines"),
            LimitBytes = Number(query, "limitBytes"),
            Since = since,
            Stream = stream is "Stdout" or "Stderr" ? stream.ToLowerInvariant() : "",
        };
    }

    /// <summary>The id of the instance whose log is wanted.</summary>
    private static string InstanceOf(Pod pod, string container, bool previous)
    {
        var (name, podName) = (container, pod.Metadata.Name);
        if (PodContainers.Find(pod.Spec, container) is null)
        {
            throw new BadNodeRequestException(404, $"container {name} is not valid for pod {podName}");
        }

        if (PodText.StatusOf(pod, container) is not { } status)
        {
            throw new BadNodeRequestException(400, $"container \"{name}\" in pod \"{podName}\" is not available");
        }

        var last = status.LastTerminationState.Terminated?.ContainerID ?? "";
        if (previous)
        {
            return last.Length > 0 ? Strip(last)
                : throw new BadNodeRequestException(
                    400, $"previous terminated container \"{name}\" in pod \"{podName}\" not found");
        }

        if (status.State.Running is not null || status.State.Terminated is { ContainerID.Length: > 0 })
        {
            return Strip(status.State.Terminated?.ContainerID ?? status.ContainerID);
        }

        if (last.Length > 0)
        {
            return Strip(last);
        }

        var why = status.State.Waiting?.Reason switch
        {
            "ErrImagePull" => "image can't be pulled",
            "ImagePullBackOff" => "trying and failing to pull image",
            { } reason => reason,
            null => "unknown",
        };
        throw new BadNodeRequestException(400, $"container \"{name}\" in pod \"{podName}\" is waiting to start: {why}");
    }

    private static string Strip(string id) => id[(id.IndexOf("//", StringComparison.Ordinal) + 2)..];

    private static long? Number(IQueryCollection query, string name)
    {
        var text = (string?)query[name];
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : throw new BadNodeRequestException(400, $"unable to decode query: invalid {name} {text}");
    }

    internal static bool IsTrue(string? text) => text is "true" or "1";
}
