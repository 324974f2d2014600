using System.Collections.Immutable;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.Nodes.Pods;

/// <summary>All that a pod's status rests on.</summary>
public sealed record PodStatusInput
{
    public required Pod Pod { get; init; }

    public required PodRuntimeState Runtime { get; init; }

    public required PodMemory Memory { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    /// <summary>The node's addresses, the main one first.</summary>
    public ImmutableArray<string> HostAddresses { get; init; } = [];

    /// <summary>Everything was stopped for good; nothing will run again.</summary>
    public bool Ended { get; init; }

    /// <summary>Why the node ended it (DeadlineExceeded, Evicted); empty when it ended by itself.</summary>
    public string EndReason { get; init; } = "";

    public string EndMessage { get; init; } = "";

    /// <summary>The health of containers' devices, by the container's name.</summary>
    public ImmutableDictionary<string, ValueList<ResourceStatus>> DeviceHealth { get; init; } =
        ImmutableDictionary<string, ValueList<ResourceStatus>>.Empty;

    /// <summary>The node did not take it.</summary>
    public bool Rejected { get; init; }
}

/// <summary>
/// Builds a pod's status from what the runtime has. Pure; what others own in the status is kept.
/// Source: pkg/kubelet/kubelet_pods.go (generateAPIPodStatus).
/// </summary>
public static class PodStatuses
{
    public static PodStatus Build(PodStatusInput input)
    {
        var pod = input.Pod;
        var old = pod.Status;
        if (input.Rejected)
        {
            return old with
            {
                ObservedGeneration = pod.Metadata.Generation,
                Phase = PodPhase.Failed,
                Reason = input.EndReason,
                Message = input.EndMessage,
                StartTime = old.StartTime ?? Timestamp.From(input.StartTime),
                QOSClass = old.QOSClass.Length > 0 ? old.QOSClass : PodQos.Of(pod.Spec),
            };
        }

        if (old.Phase is PodPhase.Succeeded or PodPhase.Failed && old.ContainerStatuses.IsEmpty
            && input.Runtime.Containers.IsEmpty)
        {
            return old; // refused, or ended before the node saw it: nothing more is to be known
        }

        var init = ContainerStatuses.Build(input, [.. PodContainers.InitContainersOf(pod.Spec)],
            old.InitContainerStatuses);
        var regular = ContainerStatuses.Build(input, [.. PodContainers.RegularOf(pod.Spec)], old.ContainerStatuses);
        var ephemeral = ContainerStatuses.Build(
            input, [.. PodContainers.EphemeralOf(pod.Spec)], old.EphemeralContainerStatuses);

        if (input.Ended)
        {
            (init, regular) = ContainerStatuses.End(pod.Spec, init, regular);
        }

        var phase = old.Phase is PodPhase.Succeeded or PodPhase.Failed
            ? old.Phase // terminal for ever
            : input.EndReason.Length > 0 ? PodPhase.Failed : PodPhases.Of(pod.Spec, init, regular, input.Ended);
        var addresses = Addresses(input);
        var status = old with
        {
            ObservedGeneration = pod.Metadata.Generation,
            Phase = phase,
            Reason = input.EndReason.Length > 0 ? input.EndReason : old.Reason,
            Message = input.EndReason.Length > 0 ? input.EndMessage : old.Message,
            HostIP = input.HostAddresses.IsEmpty ? old.HostIP : input.HostAddresses[0],
            HostIPs = input.HostAddresses.IsEmpty
                ? old.HostIPs : input.HostAddresses.Select(ip => new HostIP { IP = ip }).ToValueList(),
            PodIP = addresses.IsEmpty ? old.PodIP : addresses[0],
            PodIPs = addresses.IsEmpty ? old.PodIPs : addresses.Select(ip => new PodIP { IP = ip }).ToValueList(),
            StartTime = old.StartTime ?? Timestamp.From(input.StartTime),
            InitContainerStatuses = init.ToValueList(),
            // Sorted by name, so that the order never changes between two writes.
            ContainerStatuses = regular.OrderBy(status => status.Name, StringComparer.Ordinal).ToValueList(),
            EphemeralContainerStatuses = ephemeral.ToValueList(),
            QOSClass = old.QOSClass.Length > 0 ? old.QOSClass : PodQos.Of(pod.Spec),
        };
        return status with { Conditions = PodConditions.Build(input, status) };
    }

    /// <summary>
    /// A pod shows that it is over when nothing of it runs any more, not before: others then reuse what it held.
    /// Source: pkg/kubelet/status/status_manager.go (mergePodStatus).
    /// </summary>
    public static PodStatus Held(PodStatus old, PodStatus next, bool ended) =>
        ended || old.Phase is PodPhase.Succeeded or PodPhase.Failed
            || next.Phase is not (PodPhase.Succeeded or PodPhase.Failed)
            ? next : next with { Phase = old.Phase, Reason = old.Reason, Message = old.Message };

    /// <summary>The node's status with what others own taken from the API's.</summary>
    public static PodStatus Merge(PodStatus stored, PodStatus own) => own with
    {
        Conditions = PodConditions.Merge(stored.Conditions, own.Conditions),
        NominatedNodeName = stored.NominatedNodeName,
        ResourceClaimStatuses = stored.ResourceClaimStatuses,
        ExtendedResourceClaimStatus = stored.ExtendedResourceClaimStatus,
    };

    private static ImmutableArray<string> Addresses(PodStatusInput input) =>
        input.Pod.Spec.HostNetwork ? input.HostAddresses
        : input.Runtime.Sandbox is { Ready: true } sandbox ? sandbox.Addresses : [];
}
