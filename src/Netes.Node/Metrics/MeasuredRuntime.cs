using Netes.Nodes.Runtime;

namespace Netes.Nodes.Metrics;

/// <summary>
/// A runtime whose calls are counted under the names that kubelets give to them.
/// Source: pkg/kubelet/kuberuntime/instrumented_services.go.
/// </summary>
internal sealed class MeasuredRuntime(IContainerRuntime inner, RuntimeMetrics metrics) : IContainerRuntime
{
    public Task<Cri.VersionResponse> VersionAsync(CancellationToken cancel) =>
        metrics.CallAsync("version", () => inner.VersionAsync(cancel));

    public Task<Cri.StatusResponse> StatusAsync(CancellationToken cancel) =>
        metrics.CallAsync("status", () => inner.StatusAsync(cancel));

    public Task<string> RunPodSandboxAsync(
        Cri.PodSandboxConfig config, string runtimeHandler, CancellationToken cancel) =>
        metrics.RunSandboxAsync(runtimeHandler, () => inner.RunPodSandboxAsync(config, runtimeHandler, cancel));

    public Task StopPodSandboxAsync(string sandboxId, CancellationToken cancel) =>
        metrics.CallAsync("stop_podsandbox", () => inner.StopPodSandboxAsync(sandboxId, cancel));

    public Task RemovePodSandboxAsync(string sandboxId, CancellationToken cancel) =>
        metrics.CallAsync("remove_podsandbox", () => inner.RemovePodSandboxAsync(sandboxId, cancel));

    public Task<Cri.PodSandboxStatus?> PodSandboxStatusAsync(string sandboxId, CancellationToken cancel) =>
        metrics.CallAsync("podsandbox_status", () => inner.PodSandboxStatusAsync(sandboxId, cancel));

    public Task<IReadOnlyList<Cri.PodSandbox>> ListPodSandboxesAsync(string? podUid, CancellationToken cancel) =>
        metrics.CallAsync("list_podsandbox", () => inner.ListPodSandboxesAsync(podUid, cancel));

    public Task<string> CreateContainerAsync(
        string sandboxId, Cri.ContainerConfig config, Cri.PodSandboxConfig sandboxConfig, CancellationToken cancel) =>
        metrics.CallAsync(
            "create_container", () => inner.CreateContainerAsync(sandboxId, config, sandboxConfig, cancel));

    public Task StartContainerAsync(string containerId, CancellationToken cancel) =>
        metrics.CallAsync("start_container", () => inner.StartContainerAsync(containerId, cancel));

    public Task StopContainerAsync(string containerId, TimeSpan grace, CancellationToken cancel) =>
        metrics.CallAsync("stop_container", () => inner.StopContainerAsync(containerId, grace, cancel));

    public Task RemoveContainerAsync(string containerId, CancellationToken cancel) =>
        metrics.CallAsync("remove_container", () => inner.RemoveContainerAsync(containerId, cancel));

    public Task<IReadOnlyList<Cri.Container>> ListContainersAsync(string? podUid, CancellationToken cancel) =>
        metrics.CallAsync("list_containers", () => inner.ListContainersAsync(podUid, cancel));

    public Task<Cri.ContainerStatus?> ContainerStatusAsync(string containerId, CancellationToken cancel) =>
        metrics.CallAsync("container_status", () => inner.ContainerStatusAsync(containerId, cancel));

    public Task UpdateContainerResourcesAsync(
        string containerId, Cri.LinuxContainerResources resources, CancellationToken cancel) =>
        metrics.CallAsync(
            "update_container", () => inner.UpdateContainerResourcesAsync(containerId, resources, cancel));

    public Task<Cri.ExecSyncResponse> ExecSyncAsync(
        string containerId, IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancel) =>
        metrics.CallAsync("exec_sync", () => inner.ExecSyncAsync(containerId, command, timeout, cancel));

    public Task<string> ExecAsync(Cri.ExecRequest request, CancellationToken cancel) =>
        metrics.CallAsync("exec", () => inner.ExecAsync(request, cancel));

    public Task<string> AttachAsync(Cri.AttachRequest request, CancellationToken cancel) =>
        metrics.CallAsync("attach", () => inner.AttachAsync(request, cancel));

    public Task<string> PortForwardAsync(Cri.PortForwardRequest request, CancellationToken cancel) =>
        metrics.CallAsync("port_forward", () => inner.PortForwardAsync(request, cancel));

    public Task ReopenContainerLogAsync(string containerId, CancellationToken cancel) =>
        metrics.CallAsync("reopen_container_log", () => inner.ReopenContainerLogAsync(containerId, cancel));

    public Task<IReadOnlyList<Cri.ContainerStats>> ListContainerStatsAsync(CancellationToken cancel) =>
        metrics.CallAsync("list_container_stats", () => inner.ListContainerStatsAsync(cancel));

    public Task<IReadOnlyList<Cri.Image>> ListImagesAsync(CancellationToken cancel) =>
        metrics.CallAsync("list_images", () => inner.ListImagesAsync(cancel));

    public Task<Cri.Image?> ImageStatusAsync(string image, CancellationToken cancel) =>
        metrics.CallAsync("image_status", () => inner.ImageStatusAsync(image, cancel));

    public Task<string> PullImageAsync(
        string image, Cri.AuthConfig? auth, Cri.PodSandboxConfig? sandboxConfig, CancellationToken cancel) =>
        metrics.CallAsync("pull_image", () => inner.PullImageAsync(image, auth, sandboxConfig, cancel));

    public Task RemoveImageAsync(string image, CancellationToken cancel) =>
        metrics.CallAsync("remove_image", () => inner.RemoveImageAsync(image, cancel));

    public Task<Cri.ImageFsInfoResponse> ImageFsInfoAsync(CancellationToken cancel) =>
        metrics.CallAsync("image_fs_info", () => inner.ImageFsInfoAsync(cancel));

    public IAsyncEnumerable<RuntimeEvent> WatchAsync(CancellationToken cancel) => inner.WatchAsync(cancel);
}
