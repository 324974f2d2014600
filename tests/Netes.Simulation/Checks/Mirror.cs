using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Batch;
using Netes.Api.Certificates;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Api.Meta;
using Netes.Api.Networking;
using Netes.Api.Policy;
using Netes.Api.Rbac;
using Netes.Api.Storage;
using Netes.Simulation.World;
using ConditionStatus = Netes.Api.Core.ConditionStatus;

namespace Netes.Simulation.Checks;

/// <summary>
/// The state of the cluster as the store has it, at every moment: each write is taken over when it is made.
/// </summary>
internal sealed class Mirror
{
    private const string Root = "/registry/";

    private readonly Dictionary<string, IKind> _kinds;

    // Read when it is asked for, until the next write.
    private readonly Dictionary<string, ObjectMeta> _metadata = new(StringComparer.Ordinal);

    public Mirror() => _kinds = new IKind[]
    {
        Pods, ReplicaSets, Deployments, DaemonSets, StatefulSets, Jobs, Budgets, Nodes, Services, Slices, Endpoints,
        Claims, Volumes, Attachments, DeviceClaims, DeviceSlices, Namespaces, Accounts, Secrets, Maps, Requests, Roles,
        Ranges, Addresses, Crons, Controllers, ApiServices, Leases,
    }.ToDictionary(kind => kind.Plural, StringComparer.Ordinal);

    public Kind<Pod> Pods { get; } = new("pods");

    public Kind<ReplicaSet> ReplicaSets { get; } = new("replicasets");

    public Kind<Deployment> Deployments { get; } = new("deployments");

    public Kind<DaemonSet> DaemonSets { get; } = new("daemonsets");

    public Kind<StatefulSet> StatefulSets { get; } = new("statefulsets");

    public Kind<Job> Jobs { get; } = new("jobs");

    public Kind<PodDisruptionBudget> Budgets { get; } = new("poddisruptionbudgets");

    public Kind<Node> Nodes { get; } = new("nodes");

    public Kind<Service> Services { get; } = new("services");

    public Kind<Netes.Api.Discovery.EndpointSlice> Slices { get; } = new("endpointslices");

    public Kind<Netes.Api.Core.Endpoints> Endpoints { get; } = new("endpoints");

    public Kind<PersistentVolumeClaim> Claims { get; } = new("persistentvolumeclaims");

    public Kind<PersistentVolume> Volumes { get; } = new("persistentvolumes");

    public Kind<VolumeAttachment> Attachments { get; } = new("volumeattachments");

    public Kind<ResourceClaim> DeviceClaims { get; } = new("resourceclaims");

    public Kind<ResourceSlice> DeviceSlices { get; } = new("resourceslices");

    public Kind<Namespace> Namespaces { get; } = new("namespaces");

    public Kind<ServiceAccount> Accounts { get; } = new("serviceaccounts");

    public Kind<Secret> Secrets { get; } = new("secrets");

    public Kind<ConfigMap> Maps { get; } = new("configmaps");

    public Kind<CertificateSigningRequest> Requests { get; } = new("certificatesigningrequests");

    public Kind<ClusterRole> Roles { get; } = new("clusterroles");

    public Kind<ServiceCIDR> Ranges { get; } = new("servicecidrs");

    public Kind<IPAddress> Addresses { get; } = new("ipaddresses");

    public Kind<CronJob> Crons { get; } = new("cronjobs");

    public Kind<ReplicationController> Controllers { get; } = new("replicationcontrollers");

    public Kind<Netes.Api.ApiRegistration.APIService> ApiServices { get; } = new("apiservices");

    public Kind<Netes.Api.Coordination.Lease> Leases { get; } = new("leases");

    /// <summary>Every object of the cluster.</summary>
    public Dictionary<string, ReadOnlyMemory<byte>> All { get; } = new(StringComparer.Ordinal);

    /// <summary>A pod's name, the revision of its write, and whether that removed it.</summary>
    public event Action<string, long, bool>? PodWritten;

    public void Observe(StoreWrite write)
    {
        if (write.Key.StartsWith("/registry/pods/", StringComparison.Ordinal))
        {
            var name = write.Key[(write.Key.LastIndexOf('/') + 1)..];
            PodWritten?.Invoke(name, write.Revision, write.Value is null);
        }

        _metadata.Remove(write.Key);
        if (write.Value is { } bytes)
        {
            All[write.Key] = bytes;
        }
        else
        {
            All.Remove(write.Key);
        }

        // /registry/PLURAL/...
        var rest = write.Key.AsSpan(Root.Length);
        if (_kinds.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(rest[..rest.IndexOf('/')], out var kind))
        {
            kind.Observe(write);
        }
    }

    /// <summary>Of an object that is in <see cref="All"/>.</summary>
    public ObjectMeta MetadataOf(string key)
    {
        if (!_metadata.TryGetValue(key, out var metadata))
        {
            _metadata[key] = metadata = JsonCodec.Decode<PartialObjectMetadata>(All[key]).Value!.Metadata;
        }

        return metadata;
    }

    public IEnumerable<Pod> PodsOf(string ownerUid) => Pods.Items.Where(pod => ControllerUid(pod.Metadata) == ownerUid);

    public IEnumerable<ReplicaSet> SetsOf(string ownerUid) =>
        ReplicaSets.Items.Where(set => ControllerUid(set.Metadata) == ownerUid);

    public static string ControllerUid(ObjectMeta metadata) =>
        metadata.OwnerReferences.FirstOrDefault(owner => owner.Controller == true)?.Uid ?? "";

    public static bool IsActive(Pod pod) =>
        pod.Metadata.DeletionTimestamp is null && pod.Status.Phase is not (PodPhase.Succeeded or PodPhase.Failed);

    /// <summary>The node that a pod is on, or that a daemon set made it for.</summary>
    public static string TargetNode(Pod pod) => pod.Spec.NodeName.Length > 0
        ? pod.Spec.NodeName
        : pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms
            .SelectMany(term => term.MatchFields).SelectMany(field => field.Values).FirstOrDefault() ?? "";

    public static bool IsReady(Pod pod) => IsActive(pod) && pod.Status.Conditions.Any(
        condition => condition.Type == PodConditionType.Ready && condition.Status == ConditionStatus.True);
}

/// <summary>The objects of one kind; <see cref="Changed"/> tells of each change after it was taken over.</summary>
internal sealed class Kind<T>(string plural) : IKind
    where T : class, IResource<T>
{
    private readonly string _prefix = $"/registry/{plural}/";
    private readonly Dictionary<string, T> _items = new(StringComparer.Ordinal);

    public event Action<T?, T?>? Changed;

    public string Plural => plural;

    public IReadOnlyCollection<T> Items => _items.Values;

    public T? Find(string key) => _items.GetValueOrDefault(_prefix + key);

    public void Observe(StoreWrite write)
    {
        var old = _items.GetValueOrDefault(write.Key);
        T? next = null;
        if (write.Value is { } bytes)
        {
            next = JsonCodec.Decode<T>(bytes).Value
                ?? throw new InvalidDataException($"the store has no readable object at {write.Key}");
            _items[write.Key] = next;
        }
        else
        {
            _items.Remove(write.Key);
        }

        Changed?.Invoke(old, next);
    }
}

/// <summary>The objects of one kind, whichever.</summary>
internal interface IKind
{
    string Plural { get; }

    void Observe(StoreWrite write);
}
