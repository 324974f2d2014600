using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>
/// What a pod gets by itself. Source: SetDefaults_Pod of pkg/apis/core/v1/defaults.go,
/// pkg/registry/core/pod/strategy.go.
/// </summary>
internal static class PodRules
{
    private const string GatedReason = "SchedulingGated";
    private const string GatedMessage = "Scheduling is blocked due to non-empty scheduling gates";

    public static Pod Default(Pod pod)
    {
        var spec = pod.Spec with
        {
            Containers = pod.Spec.Containers.Map(RequestLimits),
            InitContainers = pod.Spec.InitContainers.Map(RequestLimits),
            EnableServiceLinks = pod.Spec.EnableServiceLinks ?? true,
        };
        spec = DefaultPodRequests(spec);
        if (spec.HostNetwork)
        {
            spec = spec with
            {
                Containers = spec.Containers.Map(UseHostPorts),
                InitContainers = spec.InitContainers.Map(UseHostPorts),
            };
        }

        return pod with { Spec = PodSpecDefaults.Apply(spec), Status = NormalizeAddresses(pod.Status) };
    }

    public static Pod PrepareCreate(Pod pod)
    {
        pod = pod with { Spec = PodSelectors.MergeLabelKeys(pod.Spec, pod.Metadata.Labels) };
        var status = PodStatus.Empty with { Phase = PodPhase.Pending, QOSClass = PodQuality.Compute(pod.Spec) };
        return pod with
        {
            Status = pod.Spec.SchedulingGates.IsEmpty ? status : status with
            {
                Conditions =
                [
                    PodCondition.Empty with
                    {
                        Type = PodConditionType.PodScheduled,
                        Status = ConditionStatus.False,
                        Reason = GatedReason,
                        Message = GatedMessage,
                    },
                ],
            },
        };
    }

    /// <summary>An update of status changes neither owners, nor deletion, nor the quality of service.</summary>
    public static Pod PrepareStatusUpdate(Pod next, Pod old) => next with
    {
        Metadata = next.Metadata with
        {
            DeletionTimestamp = old.Metadata.DeletionTimestamp,
            OwnerReferences = old.Metadata.OwnerReferences,
        },
        Status = next.Status with { QOSClass = old.Status.QOSClass },
    };

    public static ValueList<SelectableField<Pod>> Fields { get; } =
    [
        new("spec.nodeName", static pod => pod.Spec.NodeName),
        new("spec.restartPolicy", static pod => pod.Spec.RestartPolicy),
        new("spec.schedulerName", static pod => pod.Spec.SchedulerName),
        new("spec.serviceAccountName", static pod => pod.Spec.ServiceAccountName),
        new("spec.hostNetwork", static pod => pod.Spec.HostNetwork ? "true" : "false"),
        new("status.phase", static pod => pod.Status.Phase),
        new("status.podIP", static pod => pod.Status.PodIPs.IsEmpty ? pod.Status.PodIP : pod.Status.PodIPs[0].IP),
        new("status.podIPs", static pod => string.Join(',', pod.Status.PodIPs.Select(ip => ip.IP))),
        new("status.nominatedNodeName", static pod => pod.Status.NominatedNodeName),
    ];

    // podIP is the first of podIPs under its old name: either fills the other. Source:
    // Convert_v1_PodStatus_To_core_PodStatus.
    private static PodStatus NormalizeAddresses(PodStatus status)
    {
        if (status.PodIP.Length > 0 && (status.PodIPs.IsEmpty || status.PodIPs[0].IP != status.PodIP))
        {
            return status with { PodIPs = [PodIP.Empty with { IP = status.PodIP }] };
        }

        return status.PodIP.Length == 0 && !status.PodIPs.IsEmpty ? status with { PodIP = status.PodIPs[0].IP }
            : status;
    }

    private static Container RequestLimits(Container container)
    {
        var requests = container.Resources.Requests;
        foreach (var (name, amount) in container.Resources.Limits)
        {
            requests = requests.ContainsKey(name) ? requests : requests.Set(name, amount);
        }

        return requests == container.Resources.Requests
            ? container
            : container with { Resources = container.Resources with { Requests = requests } };
    }

    private static Container UseHostPorts(Container container) => container with
    {
        Ports = container.Ports.Map(static port => port.HostPort == 0
            ? port with { HostPort = port.ContainerPortValue }
            : port),
    };

    // Pod-level requests are the containers' where they overcommit, and the pod-level limit for the rest.
    private static PodSpec DefaultPodRequests(PodSpec spec)
    {
        if (spec.Resources is not { Limits.IsEmpty: false } resources)
        {
            return spec;
        }

        var requests = resources.Requests;
        foreach (var (name, amount) in PodResources.ContainerRequests(spec))
        {
            if (name is ResourceName.Cpu or ResourceName.Memory && !requests.ContainsKey(name))
            {
                requests = requests.Set(name, amount);
            }
        }

        foreach (var (name, amount) in resources.Limits)
        {
            if (PodResources.IsPodLevel(name) && !requests.ContainsKey(name))
            {
                requests = requests.Set(name, amount);
            }
        }

        return spec with { Resources = resources with { Requests = requests } };
    }
}
