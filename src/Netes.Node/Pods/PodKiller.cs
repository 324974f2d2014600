using Microsoft.Extensions.Logging;
using Netes.Api.Core;
using Netes.Nodes.Hooks;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Pods;

/// <summary>
/// Ends containers and pods with their hooks and grace periods.
/// Source: pkg/kubelet/kuberuntime/kuberuntime_container.go (killContainer), kuberuntime_termination_order.go.
/// </summary>
public sealed partial class PodKiller(
    IContainerRuntime runtime, ContainerHooks hooks, PodEvents events, TimeProvider time, ILogger<PodKiller> logger)
{
    /// <summary>No hook takes all of the grace period: the container itself gets this much.</summary>
    private static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(2);

    /// <summary>Runs preStop, then stops the container; returns when it has ended.</summary>
    public async Task KillContainerAsync(
        Pod pod, PodContainer container, RuntimeContainer instance, string message, TimeSpan grace, string podAddress,
        CancellationToken cancel)
    {
        events.Normal(pod, container, "Killing", message.Length > 0 ? message : $"Stopping container {container.Name}");
        var start = time.GetTimestamp();
        if (container.Spec.Lifecycle?.PreStop is { } preStop && grace > TimeSpan.Zero
            && instance.State == RuntimeContainerState.Running)
        {
            await RunPreStopAsync(pod, container, instance, preStop, grace, podAddress, cancel);
        }

        var left = grace - time.GetElapsedTime(start);
        left = grace < LeastGrace ? grace : left < LeastGrace ? LeastGrace : left;
        await runtime.StopContainerAsync(instance.Id, left, cancel);
    }

    /// <summary>
    /// Ends a whole pod: regular containers side by side, then sidecars in the reverse of their order, then the
    /// sandbox. All share one grace period.
    /// </summary>
    public async Task KillPodAsync(
        Pod pod, PodRuntimeState state, TimeSpan grace, string podAddress, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        var sidecars = PodContainers.InitContainersOf(pod.Spec).Where(c => c.Kind == ContainerKind.Sidecar)
            .Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var alive = state.Containers.Where(IsAlive).ToArray();
        await Task.WhenAll(alive.Where(instance => !sidecars.Contains(instance.Name))
            .Select(instance => KillAsync(instance, grace)));
        foreach (var sidecar in PodContainers.InitContainersOf(pod.Spec).Reverse())
        {
            foreach (var instance in alive.Where(item => item.Name == sidecar.Name && sidecars.Contains(item.Name)))
            {
                var left = grace - time.GetElapsedTime(start);
                await KillAsync(instance, left > LeastGrace || grace < LeastGrace ? left : LeastGrace);
            }
        }

        foreach (var sandbox in state.Sandboxes)
        {
            await runtime.StopPodSandboxAsync(sandbox.Id, cancel);
        }

        Task KillAsync(RuntimeContainer instance, TimeSpan limit)
        {
            var container = PodContainers.Find(pod.Spec, instance.Name)
                ?? new PodContainer(ContainerKind.Regular, new Container { Name = instance.Name });
            limit = limit < TimeSpan.Zero ? TimeSpan.Zero : limit;
            return KillContainerAsync(pod, container, instance, "", limit, podAddress, cancel);
        }
    }

    private static bool IsAlive(RuntimeContainer instance) =>
        instance.State != RuntimeContainerState.Exited;

    private async Task RunPreStopAsync(
        Pod pod, PodContainer container, RuntimeContainer instance, LifecycleHandler handler, TimeSpan grace,
        string podAddress, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(grace, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            if (await hooks.RunAsync(handler, container, instance.Id, podAddress, linked.Token) is { } failure)
            {
                events.Warning(pod, container, "FailedPreStopHook", "PreStopHook failed");
                LogPreStopFailed(pod.Metadata.Namespace, pod.Metadata.Name, container.Name, failure);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            LogPreStopFailed(pod.Metadata.Namespace, pod.Metadata.Name, container.Name,
                "it took all of the grace period");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "preStop of Pod {Namespace} {Name} container {Container}: {Failure}")]
    private partial void LogPreStopFailed(string @namespace, string name, string container, string failure);
}
