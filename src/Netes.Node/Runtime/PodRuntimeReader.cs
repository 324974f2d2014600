using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Netes.Nodes.Pods;

namespace Netes.Nodes.Runtime;

/// <summary>
/// Reads what the runtime has of a pod. Ended containers do not change any more and are read once.
/// Source: pkg/kubelet/kuberuntime (GetPodStatus).
/// </summary>
public sealed class PodRuntimeReader(IContainerRuntime runtime, NodeAgentOptions options)
{
    private readonly ConcurrentDictionary<string, RuntimeContainer> ended = new();
    private readonly ConcurrentDictionary<string, string> podOfId = new();

    public async Task<PodRuntimeState> ReadAsync(string podUid, CancellationToken cancel)
    {
        var sandboxes = new List<RuntimeSandbox>();
        var listed = await runtime.ListPodSandboxesAsync(podUid, cancel);
        foreach (var sandbox in listed.OrderByDescending(sandbox => sandbox.CreatedAt))
        {
            podOfId[sandbox.Id] = podUid;
            // Only the newest one's addresses matter; the list does not carry them.
            var status = sandboxes.Count == 0 ? await runtime.PodSandboxStatusAsync(sandbox.Id, cancel) : null;
            sandboxes.Add(Convert(sandbox, status));
        }

        var containers = new List<RuntimeContainer>();
        foreach (var container in await runtime.ListContainersAsync(podUid, cancel))
        {
            podOfId[container.Id] = podUid;
            if (await ReadAsync(container, cancel) is { } read)
            {
                containers.Add(read);
            }
        }

        return new()
        {
            Sandboxes = [.. sandboxes],
            Containers = [.. containers.OrderByDescending(container => container.CreatedAt)],
        };
    }

    /// <summary>The pod that a container or sandbox belongs to, as far as it was ever read; else null.</summary>
    public string? PodOf(string id) => podOfId.GetValueOrDefault(id);

    /// <summary>All pods that the runtime has anything of.</summary>
    public async Task<IReadOnlyCollection<string>> PodsAsync(CancellationToken cancel)
    {
        var uids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sandbox in await runtime.ListPodSandboxesAsync(null, cancel))
        {
            if (sandbox.Labels.TryGetValue(PodLabels.PodUid, out var uid))
            {
                podOfId[sandbox.Id] = uid;
                uids.Add(uid);
            }
        }

        foreach (var container in await runtime.ListContainersAsync(null, cancel))
        {
            if (container.Labels.TryGetValue(PodLabels.PodUid, out var uid))
            {
                podOfId[container.Id] = uid;
                uids.Add(uid);
            }
        }

        return uids;
    }

    public void Forget(string id)
    {
        ended.TryRemove(id, out _);
        podOfId.TryRemove(id, out _);
    }

    private async Task<RuntimeContainer?> ReadAsync(Cri.Container container, CancellationToken cancel)
    {
        if (ended.TryGetValue(container.Id, out var known))
        {
            return known;
        }

        if (await runtime.ContainerStatusAsync(container.Id, cancel) is not { } status)
        {
            return null;
        }

        var read = Convert(container, status);
        if (read.State == RuntimeContainerState.Exited)
        {
            read = read with { Message = TerminationMessages.Read(read, status, LogPathOf(status)) };
            ended[container.Id] = read;
        }

        return read;
    }

    private string LogPathOf(Cri.ContainerStatus status) =>
        status.LogPath.StartsWith('/') ? status.LogPath : $"{options.LogDirectory}/pods/{status.LogPath}";

    private static RuntimeSandbox Convert(Cri.PodSandbox sandbox, Cri.PodSandboxStatus? status)
    {
        var network = status?.Network;
        ImmutableArray<string> addresses = string.IsNullOrEmpty(network?.Ip)
            ? [] : [network.Ip, .. network.AdditionalIps.Select(ip => ip.Ip)];
        return new()
        {
            Id = sandbox.Id,
            Attempt = sandbox.Metadata.Attempt,
            Ready = sandbox.State == Cri.PodSandboxState.SandboxReady,
            CreatedAt = Time(sandbox.CreatedAt) ?? default,
            Addresses = addresses,
        };
    }

    private static RuntimeContainer Convert(Cri.Container container, Cri.ContainerStatus status) => new()
    {
        Id = container.Id,
        Name = container.Labels.TryGetValue(PodLabels.ContainerName, out var name) ? name : container.Metadata.Name,
        SandboxId = container.PodSandboxId,
        State = status.State switch
        {
            Cri.ContainerState.ContainerCreated => RuntimeContainerState.Created,
            Cri.ContainerState.ContainerRunning => RuntimeContainerState.Running,
            Cri.ContainerState.ContainerExited => RuntimeContainerState.Exited,
            _ => RuntimeContainerState.Unknown,
        },
        RestartCount = status.Annotations.TryGetValue(PodLabels.RestartCount, out var count)
            && int.TryParse(count, CultureInfo.InvariantCulture, out var number)
                ? number : (int)status.Metadata.Attempt,
        CreatedAt = Time(status.CreatedAt) ?? default,
        StartedAt = Time(status.StartedAt),
        FinishedAt = Time(status.FinishedAt),
        ExitCode = status.ExitCode,
        Reason = status.Reason,
        Message = status.Message,
        Image = status.Image?.Image ?? "",
        ImageId = status.ImageRef,
        Hash = status.Annotations.TryGetValue(PodLabels.ContainerHash, out var hash) ? hash : "",
        LogPath = status.LogPath,
    };

    private static DateTimeOffset? Time(long nanoseconds) =>
        nanoseconds <= 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);
}
