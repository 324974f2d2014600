using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Empties volumes for the next claim, by a pod that mounts them. The pod's name is the volume's, so that a
/// controller that begins anew finds it. Source: pkg/volume/util/recyclerclient/recycler_client.go,
/// pkg/controller/volume/persistentvolume/pv_controller.go (recycleVolumeOperation).
/// </summary>
internal sealed class VolumeRecycler(
    ControllerContext context, VolumeCaches caches, VolumeWrites writes, EventRecorder events)
{
    public const string PodPrefix = "recycler-for-";
    private const string Namespace = "default";
    private const string Image = "registry.k8s.io/build-image/debian-base:bookworm-v1.0.4";
    private const string Scrub =
        "test -e /scrub && find /scrub -mindepth 1 -delete && test -z \"$(ls -A /scrub)\" || exit 1";

    private const long FirstTimeoutSeconds = 60;
    private const long SecondsPerGibibyte = 30;

    private readonly ObjectCache<Pod> _pods = context.Informers.Get<Pod>().Cache;

    public async Task RecycleAsync(PersistentVolume volume, CancellationToken cancel)
    {
        var source = volume.Spec.PersistentVolumeSource;
        if (source is { HostPath: null, NFS: null })
        {
            await writes.FailAsync(
                volume, "VolumeFailedRecycle", "No recycler plugin found for the volume!", cancel);
            return;
        }

        if (UsersOf(volume) is { Count: > 0 } users)
        {
            events.Normal(volume, "VolumeFailedRecycle", $"Volume is used by pods: {string.Join(',', users)}");
            return;
        }

        var name = PodPrefix + volume.Metadata.Name;
        if (_pods.Get(Namespace, name) is not { } pod)
        {
            await CreateAsync(volume, name, cancel);
        }
        else if (pod.Metadata.DeletionTimestamp is not null)
        {
            // Its end brings the volume here again.
        }
        else if (pod.Status.Phase == PodPhase.Succeeded)
        {
            // The pod goes first, so that none is left that says of a volume's next use that it was emptied. A crash
            // after that only empties an empty volume again.
            await DeleteAsync(pod, cancel);
            events.Normal(volume, "VolumeRecycled", "Volume recycled");
            await writes.UnbindAsync(volume, cancel);
        }
        else if (pod.Status.Phase == PodPhase.Failed)
        {
            var why = pod.Status.Message.Length > 0
                ? pod.Status.Message
                : "pod failed, pod.Status.Message unknown.";
            await writes.FailAsync(volume, "VolumeFailedRecycle", $"Recycle failed: {why}", cancel);
            await DeleteAsync(pod, cancel);
        }
    }

    private List<string> UsersOf(PersistentVolume volume) => volume.Spec.ClaimRef is not { } claim
        ? []
        : [.. caches.PodsOf(new ObjectKey(claim.Namespace, claim.Name)).Where(pod => !PodClaims.IsTerminated(pod))
            .Select(pod => $"{pod.Metadata.Namespace}/{pod.Metadata.Name}").Order(StringComparer.Ordinal)];

    private async Task CreateAsync(PersistentVolume volume, string name, CancellationToken cancel)
    {
        try
        {
            // Not from the cache: where the volume was freed just now, a pod would empty it under its next claim.
            var now = await context.Client.GetAsync<PersistentVolume>("", volume.Metadata.Name, cancel);
            if (now.Metadata.Uid == volume.Metadata.Uid && now.Spec.ClaimRef?.Uid == volume.Spec.ClaimRef?.Uid)
            {
                await context.Client.CreateAsync(PodFor(volume, name), cancel);
            }
        }
        catch (ApiException failure) when (failure.IsAlreadyExists || failure.IsNotFound)
        {
            // The cache will show it: the pod is there, or the volume is not.
        }
    }

    private async Task DeleteAsync(Pod pod, CancellationToken cancel)
    {
        try
        {
            await context.Client.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name,
                new DeleteOptions { Preconditions = new() { Uid = pod.Metadata.Uid } }, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // By an earlier try.
        }
    }

    private static Pod PodFor(PersistentVolume volume, string name)
    {
        var source = volume.Spec.PersistentVolumeSource;
        var gibibytes = VolumeFacts.Capacity(volume).Value >> 30;
        return new()
        {
            Metadata = new() { Namespace = Namespace, Name = name },
            Spec = new()
            {
                ActiveDeadlineSeconds = Math.Max(FirstTimeoutSeconds, gibibytes * SecondsPerGibibyte),
                RestartPolicy = RestartPolicy.Never,
                Volumes =
                [
                    new Volume { Name = "vol", VolumeSource = new() { HostPath = source.HostPath, NFS = source.NFS } },
                ],
                Containers =
                [
                    new Container
                    {
                        Name = "pv-recycler",
                        Image = Image,
                        Command = ["/bin/sh"],
                        Args = ["-c", Scrub],
                        VolumeMounts = [new VolumeMount { Name = "vol", MountPath = "/scrub" }],
                    },
                ],
            },
        };
    }
}
