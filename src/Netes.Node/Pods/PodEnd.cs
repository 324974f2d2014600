using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Nodes.Configs;
using Netes.Nodes.Devices;

namespace Netes.Nodes.Pods;

/// <summary>
/// The end of one pod: stop everything, give back what it held, and, when it was deleted, leave no trace.
/// Source: pkg/kubelet/kubelet.go (SyncTerminatingPod, SyncTerminatedPod).
/// </summary>
internal sealed partial class PodEnd(PodWorkerServices services)
{
    private const int DefaultGraceSeconds = 30;
    private static readonly TimeSpan CgroupWait = TimeSpan.FromMilliseconds(20);
    private const int CgroupTries = 100;

    private readonly ILogger logger = services.Loggers.CreateLogger<PodEnd>();
    private TimeSpan grace;
    private bool objectDeleted;
    private long retryTicks;

    /// <summary>The pod ended by itself or has to, without having been deleted.</summary>
    public bool IsDecided { get; private set; }

    public bool IsUnderWay { get; private set; }

    /// <summary>Nothing of it runs any more, and volumes and cgroup are given back.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Its devices could not be given back: not again before this time.</summary>
    public DateTimeOffset RetryAt => new(Interlocked.Read(ref retryTicks), TimeSpan.Zero);

    public string Reason { get; private set; } = "";

    public string Message { get; private set; } = "";

    /// <summary>The node did not take it: nothing of it ever ran.</summary>
    public bool IsRejected { get; private set; }

    public void Reject(PodRejection rejection)
    {
        IsRejected = true;
        Decide(rejection.Reason, "Pod was rejected: " + rejection.Message);
    }

    public void Decide(string reason, string message)
    {
        IsDecided = true;
        (Reason, Message) = (reason, message);
    }

    public void Interrupted() => IsUnderWay = false;

    /// <summary>A driver arrived, perhaps the one that was missed.</summary>
    public void RetryNow() => Interlocked.Exchange(ref retryTicks, 0);

    /// <summary>Whether the pod's grace period was cut short since the stopping began.</summary>
    public bool MustHurry(Pod pod, bool removed) => GraceOf(pod, removed) < grace;

    public async Task RunAsync(Pod pod, bool removed, PodRuntimeState runtime, CancellationToken cancel)
    {
        IsUnderWay = true;
        grace = GraceOf(pod, removed);
        try
        {
            var address = runtime.Sandbox?.Addresses.FirstOrDefault() ?? "";
            await services.Killer.KillPodAsync(pod, runtime, grace, address, cancel);
            if (!await UnprepareDevicesAsync(pod, cancel))
            {
                return;
            }

            services.Volumes.Remove(pod.Metadata.Uid);
            services.Tokens.Forget(pod.Metadata.Uid);
            await RemoveCgroupAsync(pod, cancel);
            IsDone = true;
        }
        finally
        {
            IsUnderWay = false;
        }
    }

    /// <summary>Before the status says that it is over: then the claims may become other pods'.</summary>
    private async Task<bool> UnprepareDevicesAsync(Pod pod, CancellationToken cancel)
    {
        try
        {
            await services.Devices.Pods.UnprepareAsync(pod.Metadata.Uid, cancel);
            return true;
        }
        catch (DeviceException error)
        {
            LogNotUnprepared(pod.Metadata.Namespace, pod.Metadata.Name, error.Message);
            var retryAt = services.Time.GetUtcNow() + services.Devices.Pods.RetryAfter;
            Interlocked.Exchange(ref retryTicks, retryAt.UtcTicks);
            return false;
        }
    }

    /// <summary>Deletes the object for good, unless it has been replaced meanwhile.</summary>
    public async Task DeleteObjectAsync(Pod pod, CancellationToken cancel)
    {
        if (objectDeleted)
        {
            return;
        }

        try
        {
            await services.Client.DeleteAsync<Pod>(
                pod.Metadata.Namespace, pod.Metadata.Name,
                new DeleteOptions
                {
                    GracePeriodSeconds = 0, Preconditions = new() { Uid = pod.Metadata.Uid },
                }, cancel);
        }
        catch (ApiException error) when (error.IsNotFound || error.IsConflict)
        {
            objectDeleted = true; // gone already, or another one of that name
        }

        objectDeleted = pod.Metadata.Finalizers.IsEmpty;
    }

    /// <summary>Removes the dead containers, the sandboxes and the logs.</summary>
    public async Task ForgetAsync(Pod pod, PodRuntimeState runtime, CancellationToken cancel)
    {
        foreach (var container in runtime.Containers)
        {
            await services.Runtime.RemoveContainerAsync(container.Id, cancel);
            services.Reader.Forget(container.Id);
        }

        foreach (var sandbox in runtime.Sandboxes)
        {
            await services.Runtime.RemovePodSandboxAsync(sandbox.Id, cancel);
            services.Reader.Forget(sandbox.Id);
        }

        var metadata = pod.Metadata;
        var logs = services.Options.PodLogDirectory(metadata.Namespace, metadata.Name, metadata.Uid);
        if (Directory.Exists(logs))
        {
            Directory.Delete(logs, recursive: true);
        }

        Logs.LogLinks.RemoveDead(services.Options);
        services.Volumes.Remove(metadata.Uid);
        await RemoveCgroupAsync(pod, cancel);
    }

    private static TimeSpan GraceOf(Pod pod, bool removed)
    {
        var seconds = pod.Metadata.DeletionGracePeriodSeconds
            ?? pod.Spec.TerminationGracePeriodSeconds ?? DefaultGraceSeconds;
        // Deleted by force: the object is gone, the processes get one second.
        return Durations.OfSeconds(removed ? 1 : Math.Max(1, seconds));
    }

    /// <summary>The kernel lets go of ended processes a moment later.</summary>
    private async Task RemoveCgroupAsync(Pod pod, CancellationToken cancel)
    {
        // All classes: of a pod that only the runtime still knew, the class is not known.
        string[] classes = [PodQOSClass.Guaranteed, PodQOSClass.Burstable, PodQOSClass.BestEffort];
        foreach (var path in classes.Select(qos =>
            PodNames.Cgroup(services.Options.CgroupRoot, pod.Metadata.Uid, qos)))
        {
            for (var tries = 0; tries < CgroupTries && !services.Cgroups.Remove(path); tries++)
            {
                await Task.Delay(CgroupWait, services.Time, cancel);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "devices of Pod {Namespace} {Name} not given back, trying again: {Why}")]
    private partial void LogNotUnprepared(string @namespace, string name, string why);
}
