using Netes.Api.Meta;
using Netes.Api.Nodes;

namespace Netes.Api.Core;

/// <summary>A group of containers that run together on one node and share its network and volumes.</summary>
[ApiType("io.k8s.api.core.v1.Pod")]
[ApiKind("", "v1", "Pod")]
public sealed partial record Pod : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What the pod is to be.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial PodSpec Spec { get; init; }

    /// <summary>What has become of the pod; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial PodStatus Status { get; init; }
}

/// <summary>A list of objects of kind Pod.</summary>
[ApiType("io.k8s.api.core.v1.PodList")]
[ApiKind("", "v1", "PodList")]
public sealed partial record PodList : IKubernetesList<Pod>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<Pod> Items { get; init; }
}

/// <summary>What a pod is to be: its containers, volumes, and where it may run.</summary>
[ApiType("io.k8s.api.core.v1.PodSpec")]
public sealed partial record PodSpec
{
    /// <summary>Volumes that the containers can mount.</summary>
    [Field(1, "volumes", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge,retainKeys", PatchMergeKey = "name")]
    public partial ValueList<Volume> Volumes { get; init; }

    /// <summary>Containers that run one after the other before the others start; each must succeed.</summary>
    [Field(20, "initContainers", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge", PatchMergeKey = "name")]
    public partial ValueList<Container> InitContainers { get; init; }

    /// <summary>The containers of the pod; there is at least one.</summary>
    [Field(2, "containers", Required = true, ListType = "map", ListMapKeys = ["name"], PatchStrategy = "merge",
        PatchMergeKey = "name")]
    public partial ValueList<Container> Containers { get; init; }

    /// <summary>Containers added to a running pod, to debug it.</summary>
    [Field(34, "ephemeralContainers", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge", PatchMergeKey = "name")]
    public partial ValueList<EphemeralContainer> EphemeralContainers { get; init; }

    /// <summary>When ended containers are started again: Always, OnFailure or Never.</summary>
    [Field(3, "restartPolicy", OmitEmpty = true, EnumOf = typeof(RestartPolicy))]
    public partial string RestartPolicy { get; init; }

    /// <summary>Seconds between asking the containers to stop and killing them.</summary>
    [Field(4, "terminationGracePeriodSeconds", OmitEmpty = true)]
    public partial long? TerminationGracePeriodSeconds { get; init; }

    /// <summary>Seconds the pod may be active before it is failed.</summary>
    [Field(5, "activeDeadlineSeconds", OmitEmpty = true)]
    public partial long? ActiveDeadlineSeconds { get; init; }

    /// <summary>
    /// Where the containers' DNS settings come from: ClusterFirst, ClusterFirstWithHostNet, Default or None.
    /// </summary>
    [Field(6, "dnsPolicy", OmitEmpty = true, EnumOf = typeof(DNSPolicy))]
    public partial string DnsPolicy { get; init; }

    /// <summary>Labels that a node must have for the pod to run there.</summary>
    [Field(7, "nodeSelector", OmitEmpty = true, MapType = "atomic")]
    public partial ValueMap<string> NodeSelector { get; init; }

    /// <summary>The service account whose identity the pod has.</summary>
    [Field(8, "serviceAccountName", OmitEmpty = true)]
    public partial string ServiceAccountName { get; init; }

    /// <summary>Deprecated: use serviceAccountName.</summary>
    [Field(9, "serviceAccount", OmitEmpty = true)]
    public partial string DeprecatedServiceAccount { get; init; }

    /// <summary>False keeps the service account's token out of the containers.</summary>
    [Field(21, "automountServiceAccountToken", OmitEmpty = true)]
    public partial bool? AutomountServiceAccountToken { get; init; }

    /// <summary>The node the pod is bound to; the scheduler sets it.</summary>
    [Field(10, "nodeName", OmitEmpty = true)]
    public partial string NodeName { get; init; }

    /// <summary>True gives the pod the network of its node.</summary>
    [Field(11, "hostNetwork", OmitEmpty = true)]
    public partial bool HostNetwork { get; init; }

    /// <summary>True lets the pod see the processes of its node.</summary>
    [Field(12, "hostPID", OmitEmpty = true)]
    public partial bool HostPID { get; init; }

    /// <summary>True gives the pod the interprocess communication of its node.</summary>
    [Field(13, "hostIPC", OmitEmpty = true)]
    public partial bool HostIPC { get; init; }

    /// <summary>True lets the containers see each other's processes.</summary>
    [Field(27, "shareProcessNamespace", OmitEmpty = true)]
    public partial bool? ShareProcessNamespace { get; init; }

    /// <summary>Security settings for all containers.</summary>
    [Field(14, "securityContext", OmitEmpty = true)]
    public partial PodSecurityContext? SecurityContext { get; init; }

    /// <summary>Secrets with which images are pulled.</summary>
    [Field(15, "imagePullSecrets", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge", PatchMergeKey = "name")]
    public partial ValueList<LocalObjectReference> ImagePullSecrets { get; init; }

    /// <summary>The pod's host name; its own name when empty.</summary>
    [Field(16, "hostname", OmitEmpty = true)]
    public partial string Hostname { get; init; }

    /// <summary>The domain below which the host name is found, as hostname.subdomain.namespace.svc.</summary>
    [Field(17, "subdomain", OmitEmpty = true)]
    public partial string Subdomain { get; init; }

    /// <summary>Which nodes, and near which pods, the pod should run.</summary>
    [Field(18, "affinity", OmitEmpty = true)]
    public partial Affinity? Affinity { get; init; }

    /// <summary>The scheduler that places the pod.</summary>
    [Field(19, "schedulerName", OmitEmpty = true)]
    public partial string SchedulerName { get; init; }

    /// <summary>Taints of nodes that the pod puts up with.</summary>
    [Field(22, "tolerations", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Toleration> Tolerations { get; init; }

    /// <summary>Lines added to the containers' hosts file.</summary>
    [Field(23, "hostAliases", OmitEmpty = true, ListType = "map", ListMapKeys = ["ip"], PatchStrategy = "merge",
        PatchMergeKey = "ip")]
    public partial ValueList<HostAlias> HostAliases { get; init; }

    /// <summary>The class that gives the pod its priority.</summary>
    [Field(24, "priorityClassName", OmitEmpty = true)]
    public partial string PriorityClassName { get; init; }

    /// <summary>The priority; higher ones are scheduled first and may displace lower ones.</summary>
    [Field(25, "priority", OmitEmpty = true)]
    public partial int? Priority { get; init; }

    /// <summary>DNS settings added to those of dnsPolicy.</summary>
    [Field(26, "dnsConfig", OmitEmpty = true)]
    public partial PodDNSConfig? DnsConfig { get; init; }

    /// <summary>Conditions that must be true, beside the containers', for the pod to be ready.</summary>
    [Field(28, "readinessGates", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<PodReadinessGate> ReadinessGates { get; init; }

    /// <summary>The class of the runtime that runs the pod.</summary>
    [Field(29, "runtimeClassName", OmitEmpty = true)]
    public partial string? RuntimeClassName { get; init; }

    /// <summary>False keeps the environment variables of services out of the containers.</summary>
    [Field(30, "enableServiceLinks", OmitEmpty = true)]
    public partial bool? EnableServiceLinks { get; init; }

    /// <summary>Whether the pod may displace others: PreemptLowerPriority or Never.</summary>
    [Field(31, "preemptionPolicy", OmitEmpty = true, EnumOf = typeof(PreemptionPolicy))]
    public partial string? PreemptionPolicy { get; init; }

    /// <summary>What running the pod costs beside its containers, from its runtime class.</summary>
    [Field(32, "overhead", OmitEmpty = true)]
    public partial ValueMap<Quantity> Overhead { get; init; }

    /// <summary>How pods are spread over zones, nodes and the like.</summary>
    [Field(33, "topologySpreadConstraints", OmitEmpty = true, ListType = "map",
        ListMapKeys = ["topologyKey", "whenUnsatisfiable"], PatchStrategy = "merge", PatchMergeKey = "topologyKey")]
    public partial ValueList<TopologySpreadConstraint> TopologySpreadConstraints { get; init; }

    /// <summary>True makes the fully qualified name the host name.</summary>
    [Field(35, "setHostnameAsFQDN", OmitEmpty = true)]
    public partial bool? SetHostnameAsFQDN { get; init; }

    /// <summary>The operating system the pod is made for.</summary>
    [Field(36, "os", OmitEmpty = true)]
    public partial PodOS? OS { get; init; }

    /// <summary>False gives the pod user numbers of its own.</summary>
    [Field(37, "hostUsers", OmitEmpty = true)]
    public partial bool? HostUsers { get; init; }

    /// <summary>Reasons not to schedule the pod yet.</summary>
    [Field(38, "schedulingGates", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge", PatchMergeKey = "name")]
    public partial ValueList<PodSchedulingGate> SchedulingGates { get; init; }

    /// <summary>Devices that must be allocated before the pod runs.</summary>
    [Field(39, "resourceClaims", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"],
        PatchStrategy = "merge,retainKeys", PatchMergeKey = "name")]
    public partial ValueList<PodResourceClaim> ResourceClaims { get; init; }

    /// <summary>Resources of the pod as a whole.</summary>
    [Field(40, "resources", OmitEmpty = true)]
    public partial ResourceRequirements? Resources { get; init; }

    /// <summary>The host name, whatever the other settings say.</summary>
    [Field(41, "hostnameOverride", OmitEmpty = true)]
    public partial string? HostnameOverride { get; init; }

    /// <summary>The group of pods that is scheduled together.</summary>
    [Field(43, "schedulingGroup", OmitEmpty = true)]
    public partial PodSchedulingGroup? SchedulingGroup { get; init; }
}

/// <summary>What has become of a pod.</summary>
[ApiType("io.k8s.api.core.v1.PodStatus")]
public sealed partial record PodStatus
{
    /// <summary>The generation that this status describes.</summary>
    [Field(17, "observedGeneration", OmitEmpty = true)]
    public partial long ObservedGeneration { get; init; }

    /// <summary>Pending, Running, Succeeded, Failed or Unknown.</summary>
    [Field(1, "phase", OmitEmpty = true, EnumOf = typeof(PodPhase))]
    public partial string Phase { get; init; }

    /// <summary>Aspects of the state, such as PodScheduled and Ready.</summary>
    [Field(2, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<PodCondition> Conditions { get; init; }

    /// <summary>Why the pod is as it is, for people.</summary>
    [Field(3, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    /// <summary>Why the pod is as it is, in one word.</summary>
    [Field(4, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    /// <summary>The node where lower pods are being displaced for this one.</summary>
    [Field(11, "nominatedNodeName", OmitEmpty = true)]
    public partial string NominatedNodeName { get; init; }

    /// <summary>The address of the node.</summary>
    [Field(5, "hostIP", OmitEmpty = true)]
    public partial string HostIP { get; init; }

    /// <summary>The addresses of the node.</summary>
    [Field(16, "hostIPs", OmitEmpty = true, ListType = "atomic", PatchStrategy = "merge", PatchMergeKey = "ip")]
    public partial ValueList<HostIP> HostIPs { get; init; }

    /// <summary>The address of the pod.</summary>
    [Field(6, "podIP", OmitEmpty = true)]
    public partial string PodIP { get; init; }

    /// <summary>The addresses of the pod, one of each family.</summary>
    [Field(12, "podIPs", OmitEmpty = true, ListType = "map", ListMapKeys = ["ip"], PatchStrategy = "merge",
        PatchMergeKey = "ip")]
    public partial ValueList<PodIP> PodIPs { get; init; }

    /// <summary>When the node accepted the pod.</summary>
    [Field(7, "startTime", OmitEmpty = true)]
    public partial Timestamp? StartTime { get; init; }

    /// <summary>The states of the init containers.</summary>
    [Field(10, "initContainerStatuses", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ContainerStatus> InitContainerStatuses { get; init; }

    /// <summary>The states of the containers.</summary>
    [Field(8, "containerStatuses", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ContainerStatus> ContainerStatuses { get; init; }

    /// <summary>Guaranteed, Burstable or BestEffort, by what the containers request.</summary>
    [Field(9, "qosClass", OmitEmpty = true, EnumOf = typeof(PodQOSClass))]
    public partial string QOSClass { get; init; }

    /// <summary>The states of the ephemeral containers.</summary>
    [Field(13, "ephemeralContainerStatuses", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ContainerStatus> EphemeralContainerStatuses { get; init; }

    /// <summary>Whether a change of resources is under way.</summary>
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
