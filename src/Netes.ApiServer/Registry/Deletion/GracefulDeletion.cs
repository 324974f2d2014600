using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.ApiServer.Registry;

/// <summary>
/// What a deletion does to an object first: nothing (it goes at once), or a mark with a time by which it is to be gone.
/// Pure. Source: apiserver pkg/registry/rest/delete.go, BeforeDelete; pkg/registry/core/pod/strategy.go,
/// CheckGracefulDelete.
/// </summary>
internal static class GracefulDeletion
{
    private const long DefaultPodSeconds = 30;

    // A thousand years: what is longer ends after the calendar does.
    private const long LongestPodSeconds = 1000L * 365 * 24 * 60 * 60;

    public static DeletionStep Plan(
        ResourceStrategy strategy, IKubernetesObject value, DeleteOptions options, DateTimeOffset now)
    {
        var metadata = value.Metadata;
        if (metadata.DeletionTimestamp is not null && IsPending(value, options, out var shorter))
        {
            return shorter is null ? new(DeletionKind.AlreadyMarked, value) : new(DeletionKind.Mark, shorter);
        }

        var finalizers = Finalizers.After(strategy.Definition, metadata, options);
        var marked = metadata with { Finalizers = finalizers };
        if (value is Pod pod && metadata.DeletionTimestamp is null && GraceOf(pod, options) is > 0 and var seconds)
        {
            return new(DeletionKind.Mark, strategy.WithMetadata(value, marked with
            {
                DeletionTimestamp = Timestamp.From(now.AddSeconds(seconds)),
                DeletionGracePeriodSeconds = seconds,
                Generation = metadata.Generation > 0 ? metadata.Generation + 1 : 0,
            }));
        }

        if (value is Namespace space)
        {
            return PlanNamespace(space, marked, now);
        }

        return finalizers.IsEmpty
            ? new(DeletionKind.Now, value)
            : new(DeletionKind.Mark, strategy.WithMetadata(value, AsDeleting(marked, now)));
    }

    // An object that waits for its finalizers, or a pod for its containers: only the time may become shorter.
    private static bool IsPending(IKubernetesObject value, DeleteOptions options, out IKubernetesObject? shorter)
    {
        shorter = null;
        var metadata = value.Metadata;
        if (metadata.DeletionGracePeriodSeconds is not { } period || value is not Pod pod)
        {
            return false;
        }

        if (options.GracePeriodSeconds is { } wanted && wanted < period)
        {
            if (wanted <= 0 && metadata.Finalizers.IsEmpty)
            {
                return false;
            }

            shorter = pod.WithMetadata(metadata with
            {
                DeletionTimestamp = new Timestamp(metadata.DeletionTimestamp!.Value.UnixSeconds - period + wanted),
                DeletionGracePeriodSeconds = wanted,
            });
            return true;
        }

        return period > 0 || !metadata.Finalizers.IsEmpty;
    }

    private static long GraceOf(Pod pod, DeleteOptions options)
    {
        var period = options.GracePeriodSeconds ?? pod.Spec.TerminationGracePeriodSeconds ?? DefaultPodSeconds;

        // Where no container can be running there is nothing to wait for.
        if (pod.Spec.NodeName.Length == 0 || pod.Status.Phase is PodPhase.Failed or PodPhase.Succeeded)
        {
            return 0;
        }

        return period < 0 ? 1 : Math.Min(period, LongestPodSeconds);
    }

    // Source: pkg/registry/core/namespace/storage/storage.go, Delete.
    private static DeletionStep PlanNamespace(Namespace space, ObjectMeta marked, DateTimeOffset now)
    {
        if (space.Metadata.DeletionTimestamp is null)
        {
            return new(DeletionKind.Mark, space with
            {
                Metadata = marked with { DeletionTimestamp = Timestamp.From(now) },
                Status = space.Status with { Phase = NamespacePhase.Terminating },
            });
        }

        return space.Spec.Finalizers.IsEmpty && marked.Finalizers.IsEmpty
            ? new(DeletionKind.Now, space)
            : new(DeletionKind.AlreadyMarked, space);
    }

    // Source: store.go, markAsDeleting.
    private static ObjectMeta AsDeleting(ObjectMeta metadata, DateTimeOffset now) => metadata with
    {
        Generation = metadata.DeletionTimestamp is null && metadata.Generation > 0
            ? metadata.Generation + 1
            : metadata.Generation,
        DeletionTimestamp = metadata.DeletionTimestamp ?? Timestamp.From(now),
        DeletionGracePeriodSeconds = 0,
    };
}

/// <summary>What to do with an object that shall be deleted, and what it looks like then.</summary>
internal readonly record struct DeletionStep(DeletionKind Kind, IKubernetesObject Value);

internal enum DeletionKind
{
    Now,
    Mark,
    AlreadyMarked,
}
