using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>A pod with what scheduling computes from it once. Immutable.</summary>
public sealed class PodInfo(Pod pod)
{
    public Pod Pod { get; } = pod;

    public ObjectKey Key { get; } = ObjectKey.Of(pod);

    public ResourceAmounts Requests { get; } = PodRequests.Of(pod);

    /// <summary>As scores count it: containers that ask for nothing count as something.</summary>
    public ResourceAmounts NonZeroRequests { get; } = PodRequests.NonZeroOf(pod);

    public IReadOnlyList<HostPort> HostPorts { get; } = HostPort.Of(pod);

    internal AffinityTerms Terms { get; } = AffinityTerms.Of(pod);

    public int Priority => Pod.Spec.Priority ?? 0;
}
