using Netes.Api.Core;
using Netes.Nodes.Pods;

namespace Netes.Nodes.Probes;

/// <summary>What the probes of one running container say to the pod's worker.</summary>
public interface IProbeListener
{
    /// <summary>The startup probe succeeded, or there is none.</summary>
    void Started(string container, string containerId);

    void Readiness(string container, string containerId, bool succeeded);

    /// <summary>The liveness or startup probe gave the container up.</summary>
    void Failed(string container, KillRequest request);

    /// <summary>A probe was run once.</summary>
    /// <param name="kind">Liveness, Readiness or Startup.</param>
    void Probed(PodContainer container, string kind, ProbeOutcome outcome, TimeSpan took);

    /// <summary>An event about the container.</summary>
    void Report(PodContainer container, string reason, string message);
}

/// <summary>
/// Runs the probes of one running instance of a container until it ends: first the startup probe alone, then
/// liveness and readiness side by side. Of a pod that is being ended only readiness is asked.
/// Source: pkg/kubelet/prober/worker.go.
/// </summary>
public sealed class ContainerProbes(Prober prober, TimeProvider time, IProbeListener listener)
{
    /// <param name="ending">Ends the startup and liveness probes: the pod is being ended.</param>
    public async Task RunAsync(
        PodContainer container, RuntimeContainer instance, string podAddress, CancellationTokenSource ending,
        CancellationToken cancel)
    {
        using var killing = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, cancel);
        var run = new Run(container, instance, new ProbeTarget(container.Spec, instance.Id, podAddress));
        if (container.Spec.StartupProbe is { } startup && !await StartupAsync(startup, run, killing.Token))
        {
            return;
        }

        listener.Started(container.Name, instance.Id);
        await Task.WhenAll(
            container.Spec.LivenessProbe is { } liveness
                ? LivenessAsync(liveness, run, killing.Token) : Task.CompletedTask,
            container.Spec.ReadinessProbe is { } readiness
                ? ReadinessAsync(readiness, run, cancel) : Task.CompletedTask);
    }

    private async Task<bool> StartupAsync(Probe probe, Run run, CancellationToken cancel)
    {
        await foreach (var succeeded in VerdictsAsync("Startup", probe, run, cancel))
        {
            if (!succeeded)
            {
                listener.Failed(run.Container.Name, Kill(run, "startup", probe));
            }

            return succeeded;
        }

        return false;
    }

    private async Task LivenessAsync(Probe probe, Run run, CancellationToken cancel)
    {
        try
        {
            await foreach (var succeeded in VerdictsAsync("Liveness", probe, run, cancel))
            {
                if (!succeeded)
                {
                    listener.Failed(run.Container.Name, Kill(run, "liveness", probe));
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return; // the pod is being ended; its readiness is asked further
        }
    }

    private async Task ReadinessAsync(Probe probe, Run run, CancellationToken cancel)
    {
        await foreach (var succeeded in VerdictsAsync("Readiness", probe, run, cancel))
        {
            listener.Readiness(run.Container.Name, run.Instance.Id, succeeded);
        }
    }

    /// <summary>The results that passed their threshold, each only when it differs from the one before.</summary>
    private async IAsyncEnumerable<bool> VerdictsAsync(
        string kind, Probe probe, Run run,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var start = run.Instance.StartedAt ?? time.GetUtcNow();
        var wait = start + Durations.OfSeconds(probe.InitialDelaySeconds) - time.GetUtcNow();
        var period = Durations.OfSeconds(Math.Max(1, probe.PeriodSeconds));
        bool? verdict = null;
        bool? last = null;
        var inARow = 0;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(Durations.Cut(wait), time, cancel);
        }

        using var timer = new PeriodicTimer(period, time);
        while (!cancel.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            var result = await prober.RunAsync(probe, run.Target, cancel);
            listener.Probed(run.Container, kind, result.Outcome, time.GetElapsedTime(began));
            Report(run.Container, kind, result);
            if (result.Outcome == ProbeOutcome.Unknown)
            {
                await timer.WaitForNextTickAsync(cancel); // it counts neither way
                continue;
            }

            inARow = last == result.Succeeded ? inARow + 1 : 1;
            last = result.Succeeded;
            var threshold = Math.Max(1, result.Succeeded ? probe.SuccessThreshold : probe.FailureThreshold);
            if (inARow >= threshold && verdict != result.Succeeded)
            {
                verdict = result.Succeeded;
                yield return result.Succeeded;
            }

            await timer.WaitForNextTickAsync(cancel);
        }
    }

    // Source: pkg/kubelet/prober/prober.go (probe).
    private void Report(PodContainer container, string kind, ProbeResult result)
    {
        switch (result.Outcome)
        {
            case ProbeOutcome.Unknown:
                listener.Report(container, "Unhealthy",
                    $"{kind} probe errored and resulted in unknown state: {result.Output}");
                break;
            case ProbeOutcome.Warning:
                listener.Report(container, "ProbeWarning", $"{kind} probe warning: {result.Output}");
                break;
            case ProbeOutcome.Failure:
                listener.Report(container, "Unhealthy", $"{kind} probe failed: {result.Output}");
                break;
        }
    }

    private static KillRequest Kill(Run run, string kind, Probe probe) =>
        new(run.Instance.Id, $"Container {run.Container.Name} failed {kind} probe")
        {
            Grace = probe.TerminationGracePeriodSeconds is { } seconds ? Durations.OfSeconds(seconds) : null,
        };

    private sealed record Run(PodContainer Container, RuntimeContainer Instance, ProbeTarget Target);
}
