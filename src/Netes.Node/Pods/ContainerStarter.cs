using System.Collections.Immutable;
using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Configs;
using Netes.Nodes.Devices;
using Netes.Nodes.Environments;
using Netes.Nodes.Hooks;
using Netes.Nodes.Images;
using Netes.Nodes.Logs;
using Netes.Nodes.Runtime;
using Netes.Nodes.Volumes;

namespace Netes.Nodes.Pods;

/// <summary>A container did not start: the waiting state's reason and message.</summary>
public sealed class StartException(string reason, string message) : Exception(message)
{
    public string Reason { get; } = reason;
}

/// <summary>Which container is started, in which sandbox.</summary>
public sealed record StartRequest
{
    public required Pod Pod { get; init; }

    public required PodContainer Container { get; init; }

    public required RuntimeSandbox Sandbox { get; init; }

    public required IReadOnlyList<string> PodAddresses { get; init; }

    public int RestartCount { get; init; }

    public BackOff? PullBackOff { get; init; }

    /// <summary>The running container an ephemeral one looks into.</summary>
    public string TargetId { get; init; } = "";

    /// <summary>Its devices, in the names of the Container Device Interface.</summary>
    public ImmutableArray<string> CdiDevices { get; init; } = [];

    /// <summary>What the node offers.</summary>
    public ValueMap<Quantity> Allocatable { get; init; }

    public long MemoryCapacityBytes { get; init; }
}

/// <summary>
/// Starts one container: image, configuration, create, start, postStart.
/// Source: pkg/kubelet/kuberuntime/kuberuntime_container.go (startContainer).
/// </summary>
public sealed class ContainerStarter(
    IContainerRuntime runtime, ImagePuller images, ContainerEnvironment environments, ContainerMounts mounts,
    ContainerHooks hooks, PodKiller killer, PodEvents events, NodeAgentOptions options)
{
    private readonly CdiInjection devices = new(runtime, options.CdiDirectories);

    /// <exception cref="ImageException">There is no image.</exception>
    /// <exception cref="StartException">It could not be configured, created or started.</exception>
    public async Task StartAsync(StartRequest request, CancellationToken cancel)
    {
        var (pod, container) = (request.Pod, request.Container);
        var sandboxConfig = await SandboxConfigAsync(pod, request.Sandbox.Attempt, cancel);
        Cri.Image image;
        try
        {
            image = await images.EnsureAsync(pod, container, request.PullBackOff, sandboxConfig, cancel);
        }
        catch (ImageException error)
        {
            events.Warning(pod, container, "Failed", $"Error: {error.Reason}");
            throw;
        }

        var config = await ConfigureAsync(request, image, cancel);
        var id = await CreateAsync(request, config, sandboxConfig, cancel);
        try
        {
            await runtime.StartContainerAsync(id, cancel);
        }
        catch (RuntimeException error)
        {
            events.Warning(pod, container, "Failed", $"Error: {error.Detail}");
            throw new StartException("RunContainerError", error.Detail);
        }

        events.Normal(pod, container, "Started", "Container started");
        LogLinks.Make(options, pod, container.Name, id, config.LogPath);
        if (container.Spec.Lifecycle?.PostStart is { } postStart)
        {
            await RunPostStartAsync(request, postStart, id, cancel);
        }
    }

    public async Task<Cri.PodSandboxConfig> SandboxConfigAsync(Pod pod, uint attempt, CancellationToken cancel)
    {
        var resolvConf = File.Exists(options.ResolvConf) ? await File.ReadAllTextAsync(options.ResolvConf, cancel) : "";
        return SandboxConfigs.Of(pod, attempt, options, resolvConf);
    }

    private async Task<Cri.ContainerConfig> ConfigureAsync(
        StartRequest request, Cri.Image image, CancellationToken cancel)
    {
        var (pod, container) = (request.Pod, request.Container);
        try
        {
            SecurityContexts.VerifyNonRoot(pod, container.Spec, image);
            var environment = await environments.ResolveAsync(new()
            {
                Pod = pod,
                Container = container.Spec,
                PodAddresses = request.PodAddresses,
                HostAddresses = [.. options.NodeAddresses.Select(address => address.ToString())],
                Allocatable = request.Allocatable,
            }, cancel);
            return ContainerConfigs.Of(new()
            {
                Pod = pod,
                Container = container,
                Environment = environment,
                Mounts = mounts.Of(pod, container, request.PodAddresses, environment),
                ImageId = image.Id,
                RestartCount = request.RestartCount,
                TargetId = request.TargetId,
                MemoryCapacityBytes = request.MemoryCapacityBytes,
            });
        }
        catch (Exception error) when (error is ConfigException or IOException or UnauthorizedAccessException
            or ApiException or HttpRequestException)
        {
            events.Warning(pod, container, "Failed", $"Error: {error.Message}");
            throw new StartException("CreateContainerConfigError", error.Message);
        }
    }

    private async Task<string> CreateAsync(
        StartRequest request, Cri.ContainerConfig config, Cri.PodSandboxConfig sandboxConfig, CancellationToken cancel)
    {
        try
        {
            Directory.CreateDirectory($"{sandboxConfig.LogDirectory}/{request.Container.Name}");
            await devices.ApplyAsync(config, request.CdiDevices, cancel);
            var id = await runtime.CreateContainerAsync(request.Sandbox.Id, config, sandboxConfig, cancel);
            events.Normal(request.Pod, request.Container, "Created", "Container created");
            return id;
        }
        catch (Exception error) when (error is RuntimeException or DeviceException)
        {
            var why = (error as RuntimeException)?.Detail ?? error.Message;
            events.Warning(request.Pod, request.Container, "Failed", $"Error: {why}");
            throw new StartException("CreateContainerError", why);
        }
    }

    private async Task RunPostStartAsync(
        StartRequest request, LifecycleHandler handler, string id, CancellationToken cancel)
    {
        var (pod, container) = (request.Pod, request.Container);
        var address = request.PodAddresses.FirstOrDefault() ?? "";
        if (await hooks.RunAsync(handler, container, id, address, cancel) is null)
        {
            return;
        }

        events.Warning(pod, container, "FailedPostStartHook", "PostStartHook failed");
        var instance = new RuntimeContainer
        {
            Id = id, Name = container.Name, SandboxId = request.Sandbox.Id, State = RuntimeContainerState.Running,
        };
        var grace = Durations.OfSeconds(pod.Spec.TerminationGracePeriodSeconds ?? 30);
        await killer.KillContainerAsync(pod, container, instance, "FailedPostStartHook", grace, address, cancel);
        throw new StartException("PostStartHookError", "PostStartHook failed");
    }
}
