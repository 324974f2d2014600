using Netes.Api.Core;
using Netes.Nodes.Probes;

namespace Netes.Nodes.Pods;

/// <summary>Keeps the probes of a pod in step with its running containers. Used by the pod's own loop only.</summary>
internal sealed class PodProbes(Prober prober, TimeProvider time, IProbeListener listener)
{
    private readonly Dictionary<string, Running> running = new(StringComparer.Ordinal);

    public void Sync(
        Pod pod, PodRuntimeState runtime, Action<Func<PodMemory, PodMemory>> change, bool ending,
        CancellationToken cancel)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var address = pod.Spec.HostNetwork ? pod.Status.HostIP : runtime.Sandbox?.Addresses.FirstOrDefault() ?? "";
        var probed = PodContainers.InitContainersOf(pod.Spec).Where(c => c.Kind == ContainerKind.Sidecar)
            .Concat(PodContainers.RegularOf(pod.Spec));
        foreach (var container in probed)
        {
            if (runtime.Find(container.Name) is { State: RuntimeContainerState.Running } instance)
            {
                wanted.Add(instance.Id);
                if (!running.ContainsKey(instance.Id))
                {
                    change(memory => memory.With(container.Name, item => Begin(item, pod, container, instance)));
                    running[instance.Id] = Start(pod, container, instance, address, cancel);
                }
            }
        }

        if (ending)
        {
            foreach (var probe in running.Values)
            {
                probe.Ending.Cancel();
            }
        }

        foreach (var (id, probe) in running.Where(pair => !wanted.Contains(pair.Key)).ToArray())
        {
            probe.Cancel.Cancel();
            running.Remove(id);
        }
    }

    public async Task StopAsync()
    {
        foreach (var probe in running.Values)
        {
            probe.Cancel.Cancel();
            await probe.Task;
        }

        running.Clear();
    }

    /// <summary>What the API knows of this very instance holds after a restart of the agent, too.</summary>
    private static ContainerMemory Begin(
        ContainerMemory memory, Pod pod, PodContainer container, RuntimeContainer instance)
    {
        var known = PodText.StatusOf(pod, container.Name);
        var same = known?.ContainerID == ContainerStatuses.ContainerId(instance);
        return memory with
        {
            ProbedId = instance.Id,
            Started = container.Spec.StartupProbe is null || (same && known!.Started == true),
            ReadinessSucceeded = same && known!.Ready ? true : null,
            Kill = null,
            Waiting = null,
        };
    }

    private Running Start(
        Pod pod, PodContainer container, RuntimeContainer instance, string address, CancellationToken cancel)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var known = PodText.StatusOf(pod, container.Name);
        var started = known?.ContainerID == ContainerStatuses.ContainerId(instance) && known.Started == true;
        var probed = started ? container with { Spec = container.Spec with { StartupProbe = null } } : container;
        var ending = new CancellationTokenSource();
        return new(source, ending, RunAsync(probed, instance, address, ending, source.Token));
    }

    private async Task RunAsync(
        PodContainer container, RuntimeContainer instance, string address, CancellationTokenSource ending,
        CancellationToken cancel)
    {
        await Task.Yield();
        try
        {
            await new ContainerProbes(prober, time, listener).RunAsync(container, instance, address, ending, cancel);
        }
        catch (OperationCanceledException)
        {
            return; // its container has ended
        }
    }

    private sealed record Running(CancellationTokenSource Cancel, CancellationTokenSource Ending, Task Task);
}
