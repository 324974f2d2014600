using Netes.Api.Meta;
using Netes.Api.Nodes;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Pod")]
[ApiKind("", "v1", "Pod")]
public sealed partial record Pod : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "spec", OmitEmpty = true)]
    public partial PodSpec Spec { get; init; }

    [Field(3, "status", OmitEmpty = true)]
    public partial PodStatus Status { get; init; }
}

[ApiType("io.k8s.api.core.v1.PodList")]
[ApiKind("", "v1", "PodList")]
public sealed partial record PodList : IKubernetesList<Pod>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<Pod> Items { get; init; }
}

[ApiType("io.k8s.api.core.v1.PodSpec")]
public sealed partial record PodSpec
{
    [Field(1, "volumes", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge,retainKeys", PatchMergeKey = "name")]
    public partial ValueList<Volume> Volumes { get; init; }

    [Field(20, "initContainers", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge", PatchMergeKey = "name")]
    public partial ValueList<Container> InitContainers { get; init; }

    [Field(2, "containers", Required = true, ListType = "map", ListMapKeys = ["name"], PatchStrategy = "merge",
        PatchMergeKey = "name")]
    public partial ValueList<Container> Containers { get; init; }

    [Field(34, "ephemeralContainers", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge", PatchMergeKey = "name")]
    public partial ValueList<EphemeralContainer> EphemeralContainers { get; init; }

    [Field(3, "restartPolicy", OmitEmpty = true, EnumOf = typeof(RestartPolicy))]
    public partial string RestartPolicy { get; init; }

    [Field(4, "terminationGracePeriodSeconds", OmitEmpty = true)]
    public partial long? TerminationGracePeriodSeconds { get; init; }

    [Field(5, "activeDeadlineSeconds", OmitEmpty = true)]
    public partial long? ActiveDeadlineSeconds { get; init; }

    [Field(6, "dnsPolicy", OmitEmpty = true, EnumOf = typeof(DNSPolicy))]
    public partial string DnsPolicy { get; init; }

    [Field(7, "nodeSelector", OmitEmpty = true, MapType = "atomic")]
    public partial ValueMap<string> NodeSelector { get; init; }

    [Field(8, "serviceAccountName", OmitEmpty = true)]
    public partial string ServiceAccountName { get; init; }

    [Field(9, "serviceAccount", OmitEmpty = true)]
    public partial string DeprecatedServiceAccount { get; init; }

    [Field(21, "automountServiceAccountToken", OmitEmpty = true)]
    public partial bool? AutomountServiceAccountToken { get; init; }

    [Field(10, "nodeName", OmitEmpty = true)]
    public partial string NodeName { get; init; }

    [Field(11, "hostNetwork", OmitEmpty = true)]
    public partial bool HostNetwork { get; init; }

    [Field(12, "hostPID", OmitEmpty = true)]
    public partial bool HostPID { get; init; }

    [Field(13, "hostIPC", OmitEmpty = true)]
    public partial bool HostIPC { get; init; }

    [Field(27, "shareProcessNamespace", OmitEmpty = true)]
    public partial bool? ShareProcessNamespace { get; init; }

    [Field(14, "securityContext", OmitEmpty = true)]
    public partial PodSecurityContext? SecurityContext { get; init; }

    [Field(15, "imagePullSecrets", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge", PatchMergeKey = "name")]
    public partial ValueList<LocalObjectReference> ImagePullSecrets { get; init; }

    [Field(16, "hostname", OmitEmpty = true)]
    public partial string Hostname { get; init; }

    [Field(17, "subdomain", OmitEmpty = true)]
    public partial string Subdomain { get; init; }

    [Field(18, "affinity", OmitEmpty = true)]
    public partial Affinity? Affinity { get; init; }

    [Field(19, "schedulerName", OmitEmpty = true)]
    public partial string SchedulerName { get; init; }

    [Field(22, "tolerations", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Toleration> Tolerations { get; init; }

    [Field(23, "hostAliases", OmitEmpty = true, ListType = "map", ListMapKeys = ["ip"], PatchStrategy = "merge",
        PatchMergeKey = "ip")]
    public partial ValueList<HostAlias> HostAliases { get; init; }

    [Field(24, "priorityClassName", OmitEmpty = true)]
    public partial string PriorityClassName { get; init; }

    [Field(25, "priority", OmitEmpty = true)]
    public partial int? Priority { get; init; }

    [Field(26, "dnsConfig", OmitEmpty = true)]
    public partial PodDNSConfig? DnsConfig { get; init; }

    [Field(28, "readinessGates", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<PodReadinessGate> ReadinessGates { get; init; }

    [Field(29, "runtimeClassName", OmitEmpty = true)]
    public partial string? RuntimeClassName { get; init; }

    [Field(30, "enableServiceLinks", OmitEmpty = true)]
    public partial bool? EnableServiceLinks { get; init; }

    [Field(31, "preemptionPolicy", OmitEmpty = true, EnumOf = typeof(PreemptionPolicy))]
    public partial string? PreemptionPolicy { get; init; }

    [Field(32, "overhead", OmitEmpty = true)]
    public partial ValueMap<Quantity> Overhead { get; init; }

    [Field(33, "topologySpreadConstraints", OmitEmpty = true, ListType = "map",
        ListMapKeys = ["topologyKey", "whenUnsatisfiable"], PatchStrategy = "merge", PatchMergeKey = "topologyKey")]
    public partial ValueList<TopologySpreadConstraint> TopologySpreadConstraints { get; init; }

    [Field(35, "setHostnameAsFQDN", OmitEmpty = true)]
    public partial bool? SetHostnameAsFQDN { get; init; }

    [Field(36, "os", OmitEmpty = true)]
    public partial PodOS? OS { get; init; }

    [Field(37, "hostUsers", OmitEmpty = true)]
    public partial bool? HostUsers { get; init; }

    [Field(38, "schedulingGates", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge", PatchMergeKey = "name")]
    public partial ValueList<PodSchedulingGate> SchedulingGates { get; init; }

    [Field(39, "resourceClaims", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge,retainKeys", PatchMergeKey = "name")]
    public partial ValueList<PodResourceClaim> ResourceClaims { get; init; }

    [Field(40, "resources", OmitEmpty = true)]
    public partial ResourceRequirements? Resources { get; init; }

    [Field(41, "hostnameOverride", OmitEmpty = true)]
    public partial string? HostnameOverride { get; init; }

    [Field(43, "schedulingGroup", OmitEmpty = true)]
    public partial PodSchedulingGroup? SchedulingGroup { get; init; }
}

[ApiType("io.k8s.api.core.v1.PodStatus")]
public sealed partial record PodStatus
{
    [Field(17, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    [Field(1, "phase", OmitEmpty = true, EnumOf = typeof(PodPhase))]
    public partial string Phase { get; init; }

    [Field(2, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<PodCondition> Conditions { get; init; }

    [Field(3, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    [Field(4, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(11, "nominatedNodeName", OmitEmpty = true)]
    public partial string NominatedNodeName { get; init; }

    [Field(5, "hostIP", OmitEmpty = true)]
    public partial string HostIP { get; init; }

    [Field(16, "hostIPs", OmitEmpty = true, ListType = "atomic", PatchStrategy = "merge", PatchMergeKey = "ip")]
    public partial ValueList<HostIP> HostIPs { get; init; }

    [Field(6, "podIP", OmitEmpty = true)]
    public partial string PodIP { get; init; }

    [Field(12, "podIPs", OmitEmpty = true, ListType = "map", ListMapKeys = ["ip"], PatchStrategy = "merge",
        PatchMergeKey = "ip")]
    public partial ValueList<PodIP> PodIPs { get; init; }

    [Field(7, "startTime", OmitEmpty = true)]
    public partial Timestamp? StartTime { get; init; }

    [Field(10, "initContainerStatuses", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ContainerStatus> InitContainerStatuses { get; init; }

    [Field(8, "containerStatuses", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ContainerStatus> ContainerStatuses { get; init; }

    [Field(9, "qosClass", OmitEmpty = true, EnumOf = typeof(PodQOSClass))]
    public partial string QOSClass { get; init; }

    [Field(13, "ephemeralContainerStatuses", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ContainerStatus> EphemeralContainerStatuses { get; init; }

    [Field(14, "resize", OmitEmpty = true, EnumOf = typeof(PodResizeStatus))]
    public partial string Resize { get; init; }

    [Field(15, "resourceClaimStatuses", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge,retainKeys", PatchMergeKey = "name")]
    public partial ValueList<PodResourceClaimStatus> ResourceClaimStatuses { get; init; }

    [Field(18, "extendedResourceClaimStatus", OmitEmpty = true)]
    public partial PodExtendedResourceClaimStatus? ExtendedResourceClaimStatus { get; init; }

    [Field(19, "allocatedResources", OmitEmpty = true)]
    public partial ValueMap<Quantity> AllocatedResources { get; init; }

    [Field(20, "resources", OmitEmpty = true)]
    public partial ResourceRequirements? Resources { get; init; }

    [Field(21, "nodeAllocatableResourceClaimStatuses", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<NodeAllocatableResourceClaimStatus> NodeAllocatableResourceClaimStatuses { get; init; }
}
