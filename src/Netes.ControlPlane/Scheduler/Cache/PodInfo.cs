using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>A pod with what scheduling computes from it once. Immutable.</summary>
public sealed class PodInfo(Pod pod)
{
    private Pod _current = pod;

    public Pod Pod { get; } = pod;

    public ObjectKey Key { get; } = ObjectKey.Of(pod);

    public ResourceAmounts Requests { get; } = PodRequests.Of(pod);

    /// <summary>As scores count it: containers that ask for nothing count as something.</summary>
    public ResourceAmounts NonZeroRequests { get; } = PodRequests.NonZeroOf(pod);

    public IReadOnlyList<HostPort> HostPorts { get; } = HostPort.Of(pod);

    internal AffinityTerms Terms { get; } = AffinityTerms.Of(pod);

    /// <summary>As it was seen last: what has changed since does not matter to where it, or others, fit.</summary>
    internal Pod Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }

    public int Priority => Pod.Spec.Priority ?? 0;

    /// <summary>Whether a newer state of the pod says the same to the scheduler, as changes of its status do.</summary>
    internal bool IsSameFor(Pod next) =>
        Pod.Metadata.Uid == next.Metadata.Uid
        && Pod.Metadata.Labels == next.Metadata.Labels
        && (Pod.Metadata.DeletionTimestamp is null) == (next.Metadata.DeletionTimestamp is null)
        && Pod.Spec == next.Spec;
}
