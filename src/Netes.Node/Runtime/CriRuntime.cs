using Grpc.Core;
using Grpc.Net.Client;

namespace Netes.Nodes.Runtime;

/// <summary>
/// A runtime behind a CRI socket (containerd). One instance holds one HTTP/2 connection, made on first use and made
/// anew when the runtime was restarted; threads may share it.
/// Source: pkg/kubelet/cri/remote.
/// </summary>
public sealed partial class CriRuntime : IContainerRuntime, IDisposable
{
    private const int MessageLimitBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan ShortCall = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongCall = TimeSpan.FromMinutes(4);

    private readonly GrpcChannel channel;
    private readonly TimeProvider time;
    private readonly Cri.RuntimeService.RuntimeServiceClient runtime;
    private readonly Cri.ImageService.ImageServiceClient images;

    public CriRuntime(string socketPath, TimeProvider time)
    {
        this.time = time;
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            ConnectCallback = (_, cancel) => UnixSockets.ConnectAsync(socketPath, cancel),
        };
        channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MessageLimitBytes,
            MaxReconnectBackoff = TimeSpan.FromSeconds(2),
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(100),
        });
        runtime = new Cri.RuntimeService.RuntimeServiceClient(channel);
        images = new Cri.ImageService.ImageServiceClient(channel);
    }

    public void Dispose() => channel.Dispose();

    public Task<Cri.VersionResponse> VersionAsync(CancellationToken cancel) =>
        CallAsync(runtime.VersionAsync(new() { Version = "v1" }, Short(cancel)));

    public Task<Cri.StatusResponse> StatusAsync(CancellationToken cancel) =>
        CallAsync(runtime.StatusAsync(new(), Short(cancel)));

    public async Task<string> RunPodSandboxAsync(
        Cri.PodSandboxConfig config, string runtimeHandler, CancellationToken cancel)
    {
        var request = new Cri.RunPodSandboxRequest { Config = config, RuntimeHandler = runtimeHandler };
        return (await CallAsync(runtime.RunPodSandboxAsync(request, Long(cancel)))).PodSandboxId;
    }

    public Task StopPodSandboxAsync(string sandboxId, CancellationToken cancel) =>
        IgnoreGoneAsync(runtime.StopPodSandboxAsync(new() { PodSandboxId = sandboxId }, Short(cancel)));

    public Task RemovePodSandboxAsync(string sandboxId, CancellationToken cancel) =>
        IgnoreGoneAsync(runtime.RemovePodSandboxAsync(new() { PodSandboxId = sandboxId }, Short(cancel)));

    public async Task<Cri.PodSandboxStatus?> PodSandboxStatusAsync(string sandboxId, CancellationToken cancel) =>
        (await NullIfGoneAsync(runtime.PodSandboxStatusAsync(new() { PodSandboxId = sandboxId }, Short(cancel))))
        ?.Status;

    public async Task<IReadOnlyList<Cri.PodSandbox>> ListPodSandboxesAsync(string? podUid, CancellationToken cancel)
    {
        var filter = new Cri.PodSandboxFilter();
        if (podUid is not null)
        {
            filter.LabelSelector.Add(PodLabels.PodUid, podUid);
        }

        return (await CallAsync(runtime.ListPodSandboxAsync(new() { Filter = filter }, Short(cancel)))).Items;
    }

    public async Task<string> CreateContainerAsync(
        string sandboxId, Cri.ContainerConfig config, Cri.PodSandboxConfig sandboxConfig, CancellationToken cancel)
    {
        var request = new Cri.CreateContainerRequest
        {
            PodSandboxId = sandboxId, Config = config, SandboxConfig = sandboxConfig,
        };
        return (await CallAsync(runtime.CreateContainerAsync(request, Short(cancel)))).ContainerId;
    }

    public Task StartContainerAsync(string containerId, CancellationToken cancel) =>
        CallAsync(runtime.StartContainerAsync(new() { ContainerId = containerId }, Short(cancel)));

    public Task StopContainerAsync(string containerId, TimeSpan grace, CancellationToken cancel)
    {
        // The runtime itself waits for the grace period: the call's own limit starts after it.
        var options = new CallOptions(deadline: Deadline(ShortCall + grace), cancellationToken: cancel);
        var seconds = (long)Math.Ceiling(Math.Max(0, grace.TotalSeconds));
        return IgnoreGoneAsync(
            runtime.StopContainerAsync(new() { ContainerId = containerId, Timeout = seconds }, options));
    }

    public Task RemoveContainerAsync(string containerId, CancellationToken cancel) =>
        IgnoreGoneAsync(runtime.RemoveContainerAsync(new() { ContainerId = containerId }, Short(cancel)));

    public async Task<IReadOnlyList<Cri.Container>> ListContainersAsync(string? podUid, CancellationToken cancel)
    {
        var filter = new Cri.ContainerFilter();
        if (podUid is not null)
        {
            filter.LabelSelector.Add(PodLabels.PodUid, podUid);
        }

        return (await CallAsync(runtime.ListContainersAsync(new() { Filter = filter }, Short(cancel)))).Containers;
    }

    public async Task<Cri.ContainerStatus?> ContainerStatusAsync(string containerId, CancellationToken cancel) =>
        (await NullIfGoneAsync(runtime.ContainerStatusAsync(new() { ContainerId = containerId }, Short(cancel))))
        ?.Status;

    public Task UpdateContainerResourcesAsync(
        string containerId, Cri.LinuxContainerResources resources, CancellationToken cancel) =>
        CallAsync(runtime.UpdateContainerResourcesAsync(
            new() { ContainerId = containerId, Linux = resources }, Short(cancel)));

    public Task<Cri.ExecSyncResponse> ExecSyncAsync(
        string containerId, IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancel)
    {
        var request = new Cri.ExecSyncRequest
        {
            ContainerId = containerId, Timeout = (long)Math.Ceiling(timeout.TotalSeconds),
        };
        request.Cmd.AddRange(command);
        var options = timeout > TimeSpan.Zero
            ? new CallOptions(deadline: Deadline(ShortCall + timeout), cancellationToken: cancel)
            : new CallOptions(cancellationToken: cancel);
        return CallAsync(runtime.ExecSyncAsync(request, options));
    }

    public async Task<string> ExecAsync(Cri.ExecRequest request, CancellationToken cancel) =>
        (await CallAsync(runtime.ExecAsync(request, Short(cancel)))).Url;

    public async Task<string> AttachAsync(Cri.AttachRequest request, CancellationToken cancel) =>
        (await CallAsync(runtime.AttachAsync(request, Short(cancel)))).Url;

    public async Task<string> PortForwardAsync(Cri.PortForwardRequest request, CancellationToken cancel) =>
        (await CallAsync(runtime.PortForwardAsync(request, Short(cancel)))).Url;

    public Task ReopenContainerLogAsync(string containerId, CancellationToken cancel) =>
        CallAsync(runtime.ReopenContainerLogAsync(new() { ContainerId = containerId }, Short(cancel)));

    public async Task<IReadOnlyList<Cri.ContainerStats>> ListContainerStatsAsync(CancellationToken cancel) =>
        (await CallAsync(runtime.ListContainerStatsAsync(new(), Short(cancel)))).Stats;

    private CallOptions Short(CancellationToken cancel) =>
        new(deadline: Deadline(ShortCall), cancellationToken: cancel);

    private CallOptions Long(CancellationToken cancel) =>
        new(deadline: Deadline(LongCall), cancellationToken: cancel);

    private DateTime Deadline(TimeSpan after) => time.GetUtcNow().UtcDateTime + after;

    private static async Task<T> CallAsync<T>(AsyncUnaryCall<T> call)
    {
        using (call)
        {
            try
            {
                return await call.ResponseAsync;
            }
            catch (RpcException error)
            {
                throw Translate(error);
            }
        }
    }

    private static async Task<T?> NullIfGoneAsync<T>(AsyncUnaryCall<T> call)
        where T : class
    {
        try
        {
            return await CallAsync(call);
        }
        catch (RuntimeException error) when (error.IsNotFound)
        {
            return null;
        }
    }

    private static async Task IgnoreGoneAsync<T>(AsyncUnaryCall<T> call)
        where T : class => await NullIfGoneAsync(call);

    private static Exception Translate(RpcException error) =>
        error.StatusCode == StatusCode.Cancelled
            ? new OperationCanceledException(error.Status.Detail, error)
            : new RuntimeException(error.StatusCode, error.Status.Detail, error);
}
