using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Cgroups;
using Netes.Nodes.Configs;
using Netes.Nodes.Devices;
using Netes.Nodes.Environments;
using Netes.Nodes.Images;
using Netes.Nodes.Runtime;
using Netes.Nodes.Volumes;

namespace Netes.Nodes.Pods;

/// <summary>Does what was decided for a pod, and remembers what failed and when to try again.</summary>
internal sealed partial class PodActions(PodWorkerServices services, Action<Func<PodMemory, PodMemory>> change)
{
    private static readonly TimeSpan FirstVolumeRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LastVolumeRetry = TimeSpan.FromSeconds(122);
    private static readonly TimeSpan StartRetry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StartedRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShowPullError = TimeSpan.FromSeconds(5);

    private readonly ILogger logger = services.Loggers.CreateLogger<PodActions>();
    private bool volumesReady;

    public async Task RunAsync(
        ImmutableArray<PodAction> actions, Pod pod, PodRuntimeState runtime, PodMemory memory, CancellationToken cancel)
    {
        if (!volumesReady && actions.Any(action => action is PodAction.CreateSandbox or PodAction.StartContainer)
            && !await SetUpVolumesAsync(pod, runtime, memory, cancel))
        {
            return;
        }

        foreach (var action in actions)
        {
            switch (action)
            {
                case PodAction.StopSandbox stop:
                    services.Events.Normal(pod, "SandboxChanged",
                        "Pod sandbox changed, it will be killed and re-created.");
                    await services.Runtime.StopPodSandboxAsync(stop.SandboxId, cancel);
                    break;
                case PodAction.CreateSandbox create:
                    await CreateSandboxAsync(create, pod, memory, cancel);
                    break;
                case PodAction.KillContainer kill:
                    var address = AddressesOf(pod, runtime).FirstOrDefault() ?? "";
                    var grace = kill.Grace ?? Durations.OfSeconds(pod.Spec.TerminationGracePeriodSeconds ?? 30);
                    await services.Killer.KillContainerAsync(
                        pod, kill.Container, kill.Instance, kill.Message, grace, address, cancel);
                    break;
                case PodAction.StartContainer start:
                    await StartAsync(start, pod, runtime, memory, cancel);
                    break;
            }
        }
    }

    /// <summary>Brings volumes whose content comes from the API up to date.</summary>
    public async Task RefreshVolumesAsync(Pod pod, PodRuntimeState runtime, CancellationToken cancel)
    {
        try
        {
            await services.Volumes.SetUpAsync(ContextOf(pod, runtime), cancel);
        }
        catch (Exception error) when (error is VolumeException or ApiException or HttpRequestException)
        {
            // The old content stays; the next turn tries again.
            LogRefreshFailed(pod.Metadata.Namespace, pod.Metadata.Name, error.Message);
        }
    }

    private async Task<bool> SetUpVolumesAsync(
        Pod pod, PodRuntimeState runtime, PodMemory memory, CancellationToken cancel)
    {
        if (memory.RetryAt > services.Time.GetUtcNow())
        {
            return false;
        }

        try
        {
            await services.Volumes.SetUpAsync(ContextOf(pod, runtime), cancel);
            volumesReady = true;
            change(memory => memory with { RetryAt = null, Failures = 0 });
            return true;
        }
        catch (Exception error) when (error is VolumeException or ApiException or HttpRequestException)
        {
            services.Events.Warning(pod, "FailedMount", error.Message);
            Postpone(memory.Failures);
            return false;
        }
    }

    private async Task CreateSandboxAsync(
        PodAction.CreateSandbox create, Pod pod, PodMemory memory, CancellationToken cancel)
    {
        services.Metrics.StartedPods.Add();
        if (!await PrepareDevicesAsync(pod, cancel))
        {
            return;
        }

        try
        {
            var config = await services.Starter.SandboxConfigAsync(pod, create.Attempt, cancel);
            services.Cgroups.Ensure(config.Linux.CgroupParent, PodCgroupLimits.Of(pod.Spec));
            Directory.CreateDirectory(config.LogDirectory);
            await services.Runtime.RunPodSandboxAsync(config, pod.Spec.RuntimeClassName ?? "", cancel);
            change(memory => memory with { RetryAt = null, Failures = 0 });
        }
        catch (Exception error) when (error is RuntimeException or ConfigException)
        {
            services.Metrics.FailedPods.Add();
            services.Events.Warning(pod, "FailedCreatePodSandBox", $"Failed to create pod sandbox: {error.Message}");
            Postpone(memory.Failures);
        }
    }

    /// <summary>Tried again as a kubelet's pod workers try again, and at once when a driver arrives.</summary>
    private async Task<bool> PrepareDevicesAsync(Pod pod, CancellationToken cancel)
    {
        try
        {
            await services.Devices.Pods.PrepareAsync(pod, cancel);
            change(memory => memory.AwaitsDevices ? memory with { AwaitsDevices = false } : memory);
            return true;
        }
        catch (DeviceException error)
        {
            services.Events.Warning(
                pod, "FailedPrepareDynamicResources", $"Failed to prepare dynamic resources: {error.Message}");
            var retryAt = services.Time.GetUtcNow() + services.Devices.Pods.RetryAfter;
            change(memory => memory with { RetryAt = retryAt, AwaitsDevices = true });
            return false;
        }
    }

    /// <summary>A container that starts in an old sandbox may need what no record tells of.</summary>
    private async Task<ImmutableArray<string>> DevicesOfAsync(
        Pod pod, PodContainer container, CancellationToken cancel)
    {
        try
        {
            if (!services.Devices.Pods.Holds(pod))
            {
                await services.Devices.Pods.PrepareAsync(pod, cancel);
            }

            return services.Devices.Pods.CdiDevicesOf(pod, container.Spec);
        }
        catch (DeviceException error)
        {
            services.Events.Warning(pod, container, "Failed", $"Error: {error.Message}");
            throw new StartException("CreateContainerConfigError", error.Message);
        }
    }

    private async Task StartAsync(
        PodAction.StartContainer start, Pod pod, PodRuntimeState runtime, PodMemory memory, CancellationToken cancel)
    {
        var name = start.Container.Name;
        var own = memory.Of(name);
        if (start.Previous is { State: RuntimeContainerState.Exited, FinishedAt: { } finished })
        {
            var next = BackOff.Next(own.RestartBackOff, finished, services.Time.GetUtcNow());
            change(memory => memory.With(name, item => item with { RestartBackOff = next }));
        }

        change(memory => memory.With(name, item => item with { IsBeingStarted = true }));
        services.Metrics.ContainerStarting(start.Container.Kind);
        try
        {
            await services.Starter.StartAsync(new()
            {
                Pod = pod,
                Container = start.Container,
                Sandbox = runtime.Sandbox!,
                CdiDevices = await DevicesOfAsync(pod, start.Container, cancel),
                PodAddresses = AddressesOf(pod, runtime),
                RestartCount = start.RestartCount,
                PullBackOff = own.PullBackOff,
                TargetId = start.Container.TargetName.Length > 0
                    ? runtime.Find(start.Container.TargetName)?.Id ?? "" : "",
                Allocatable = services.Allocatable(),
                MemoryCapacityBytes = services.MemoryCapacityBytes,
            }, cancel);
            change(memory => memory.With(name, item => item with { Waiting = null, RetryAt = null }));
            await RemoveOldAsync(name, runtime, cancel);
        }
        catch (ImageException error)
        {
            services.Metrics.ContainerFailed(start.Container.Kind, error.Reason);
            change(memory => memory.With(name, item => AfterImageFailure(item, error)));
        }
        catch (StartException error)
        {
            services.Metrics.ContainerFailed(start.Container.Kind, error.Reason);
            // What was created is held back by its restarts, as whatever ends; else there is nothing to count by.
            var retryAt = services.Time.GetUtcNow()
                + (error.Reason is "RunContainerError" or "PostStartHookError" ? StartedRetry : StartRetry);
            change(memory => memory.With(name, item => item with
            {
                Waiting = new(error.Reason, error.Message), RetryAt = retryAt,
            }));
        }
        finally
        {
            change(memory => memory.With(name, item => item with { IsBeingStarted = false }));
        }
    }

    private ContainerMemory AfterImageFailure(ContainerMemory item, ImageException error)
    {
        var now = services.Time.GetUtcNow();
        switch (error.Reason)
        {
            case "ErrImagePull":
                var backOff = BackOff.Next(item.PullBackOff, now, now);
                return item with
                {
                    Waiting = new(error.Reason, error.Message), PullBackOff = backOff, RetryAt = now + ShowPullError,
                };
            case "ImagePullBackOff":
                // The error itself is what helps: it stays behind the words of the back-off.
                var cause = item.Waiting is { Reason: "ErrImagePull" } last
                    ? $"{error.Message}: ErrImagePull: {last.Message}" : item.Waiting?.Message ?? error.Message;
                return item with
                {
                    Waiting = new(error.Reason, cause),
                    RetryAt = item.PullBackOff is { } held ? held.UpdatedAt + held.Delay : now + StartRetry,
                };
            default:
                return item with { Waiting = new(error.Reason, error.Message), RetryAt = now + StartRetry };
        }
    }

    /// <summary>One dead instance of each container stays, for its last state and its log.</summary>
    private async Task RemoveOldAsync(string name, PodRuntimeState before, CancellationToken cancel)
    {
        foreach (var old in before.Containers.Where(item => item.Name == name).Skip(1))
        {
            await services.Runtime.RemoveContainerAsync(old.Id, cancel);
            services.Reader.Forget(old.Id);
            if (old.LogPath.StartsWith(services.Options.LogDirectory + "/", StringComparison.Ordinal))
            {
                File.Delete(old.LogPath);
            }
        }

        foreach (var sandbox in before.Sandboxes.Skip(1))
        {
            if (!before.Containers.Any(item => item.SandboxId == sandbox.Id))
            {
                await services.Runtime.RemovePodSandboxAsync(sandbox.Id, cancel);
                services.Reader.Forget(sandbox.Id);
            }
        }
    }

    private void Postpone(int failures)
    {
        var wait = FirstVolumeRetry * Math.Pow(2, Math.Min(failures, 8));
        var retryAt = services.Time.GetUtcNow() + (wait > LastVolumeRetry ? LastVolumeRetry : wait);
        change(memory => memory with { RetryAt = retryAt, Failures = failures + 1 });
    }

    private VolumeContext ContextOf(Pod pod, PodRuntimeState runtime) => new()
    {
        Pod = pod, PodAddresses = AddressesOf(pod, runtime), Allocatable = services.Allocatable(),
    };

    private ImmutableArray<string> AddressesOf(Pod pod, PodRuntimeState runtime) => pod.Spec.HostNetwork
        ? [.. services.Options.NodeAddresses.Select(address => address.ToString())]
        : runtime.Sandbox?.Addresses ?? [];

    [LoggerMessage(Level = LogLevel.Warning, Message = "volumes of Pod {Namespace} {Name} not refreshed: {Why}")]
    private partial void LogRefreshFailed(string @namespace, string name, string why);
}
