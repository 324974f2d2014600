namespace Netes.Nodes.Runtime;

/// <summary>
/// The container runtime as the node agent sees it: CRI's calls, one method each, and one stream of events.
/// Every call fails with <see cref="RuntimeException"/>. Calls may overlap.
/// Source: k8s.io/cri-api/pkg/apis/services.go.
/// </summary>
public interface IContainerRuntime
{
    Task<Cri.VersionResponse> VersionAsync(CancellationToken cancel);

    Task<Cri.StatusResponse> StatusAsync(CancellationToken cancel);

    /// <summary>Creates and starts a pod's sandbox; answers its id.</summary>
    Task<string> RunPodSandboxAsync(Cri.PodSandboxConfig config, string runtimeHandler, CancellationToken cancel);

    /// <summary>Stops a sandbox and all that runs in it; a sandbox that is gone is success.</summary>
    Task StopPodSandboxAsync(string sandboxId, CancellationToken cancel);

    Task RemovePodSandboxAsync(string sandboxId, CancellationToken cancel);

    /// <summary>The sandbox's state, or null when there is no such sandbox.</summary>
    Task<Cri.PodSandboxStatus?> PodSandboxStatusAsync(string sandboxId, CancellationToken cancel);

    /// <summary>The sandboxes of one pod, or of all pods when <paramref name="podUid"/> is null.</summary>
    Task<IReadOnlyList<Cri.PodSandbox>> ListPodSandboxesAsync(string? podUid, CancellationToken cancel);

    Task<string> CreateContainerAsync(
        string sandboxId, Cri.ContainerConfig config, Cri.PodSandboxConfig sandboxConfig, CancellationToken cancel);

    Task StartContainerAsync(string containerId, CancellationToken cancel);

    /// <summary>Sends the stop signal, and SIGKILL after <paramref name="grace"/>; returns when it has ended.</summary>
    Task StopContainerAsync(string containerId, TimeSpan grace, CancellationToken cancel);

    Task RemoveContainerAsync(string containerId, CancellationToken cancel);

    /// <summary>The containers of one pod, or of all pods when <paramref name="podUid"/> is null.</summary>
    Task<IReadOnlyList<Cri.Container>> ListContainersAsync(string? podUid, CancellationToken cancel);

    /// <summary>The container's state, or null when there is no such container.</summary>
    Task<Cri.ContainerStatus?> ContainerStatusAsync(string containerId, CancellationToken cancel);

    Task UpdateContainerResourcesAsync(
        string containerId, Cri.LinuxContainerResources resources, CancellationToken cancel);

    /// <summary>Runs a command to its end. A timeout of zero means none; exceeding it fails.</summary>
    Task<Cri.ExecSyncResponse> ExecSyncAsync(
        string containerId, IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancel);

    /// <summary>Prepares a streaming command; answers the URL of the runtime's streaming server.</summary>
    Task<string> ExecAsync(Cri.ExecRequest request, CancellationToken cancel);

    Task<string> AttachAsync(Cri.AttachRequest request, CancellationToken cancel);

    Task<string> PortForwardAsync(Cri.PortForwardRequest request, CancellationToken cancel);

    Task ReopenContainerLogAsync(string containerId, CancellationToken cancel);

    Task<IReadOnlyList<Cri.ContainerStats>> ListContainerStatsAsync(CancellationToken cancel);

    Task<IReadOnlyList<Cri.Image>> ListImagesAsync(CancellationToken cancel);

    /// <summary>The image on this machine, or null when it is not there.</summary>
    Task<Cri.Image?> ImageStatusAsync(string image, CancellationToken cancel);

    /// <summary>Pulls an image; answers its reference.</summary>
    Task<string> PullImageAsync(
        string image, Cri.AuthConfig? auth, Cri.PodSandboxConfig? sandboxConfig, CancellationToken cancel);

    Task RemoveImageAsync(string image, CancellationToken cancel);

    Task<Cri.ImageFsInfoResponse> ImageFsInfoAsync(CancellationToken cancel);

    /// <summary>
    /// What happens to containers, for ever: reconnects by itself, and says <see cref="RuntimeEventKind.Connected"/>
    /// each time it did, when anything may have been missed. Ends only by cancellation.
    /// </summary>
    IAsyncEnumerable<RuntimeEvent> WatchAsync(CancellationToken cancel);
}
