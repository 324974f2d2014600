namespace Netes.Api.Core;

/// <summary>
/// What an object uses of a ResourceQuota, by the names that <c>spec.hard</c> may have. Source:
/// pkg/quota/v1/evaluator/core.
/// </summary>
public static class QuotaUsage
{
    private const string BetaStorageClass = "volume.beta.kubernetes.io/storage-class";
    private const string ClassSuffix = ".storageclass.storage.k8s.io/";

    private static readonly Quantity One = Quantity.FromValue(1);

    /// <summary>Core resources that may be counted by their bare name.</summary>
    private static readonly string[] BareNames =
        ["configmaps", "secrets", "replicationcontrollers", "resourcequotas", "persistentvolumeclaims", "pods",
            "services"];

    /// <param name="group">The object's API group.</param>
    /// <param name="resource">Its plural name.</param>
    /// <param name="value">The object; null counts as one of a kind without further usage.</param>
    /// <param name="now">The time, for pods whose end has passed.</param>
    public static ValueMap<Quantity> Of(string group, string resource, object? value, DateTimeOffset now)
    {
        if (IsIgnored(group, resource))
        {
            return default;
        }

        var usage = ValueMap.Of(($"count/{ApiErrors.Qualified(group, resource)}", One));
        if (group.Length > 0)
        {
            return usage;
        }

        if (value is Pod pod)
        {
            return HasEnded(pod, now) ? usage : ResourceLists.Add(usage, OfPod(pod));
        }

        usage = BareNames.Contains(resource) ? usage.Set(resource, One) : usage;
        return value switch
        {
            Service service => ResourceLists.Add(usage, OfService(service)),
            PersistentVolumeClaim claim => ResourceLists.Add(usage, OfClaim(claim)),
            _ => usage,
        };
    }

    /// <summary>Events are never counted. Source: pkg/quota/v1/install/registry.go.</summary>
    public static bool IsIgnored(string group, string resource) =>
        resource == "events" && group is "" or "events.k8s.io";

    /// <summary>True for names that the usage of pods answers beside counts.</summary>
    public static bool IsCompute(string name) => name is "cpu" or "memory" or "ephemeral-storage"
        || name.StartsWith("requests.", StringComparison.Ordinal) && name != "requests.storage"
        || name.StartsWith("limits.", StringComparison.Ordinal)
        || name.StartsWith("hugepages-", StringComparison.Ordinal);

    /// <summary>
    /// The compute resources among <paramref name="names"/> that a container does not set, as Kubernetes complains;
    /// empty when all do. Source: evaluator/core/pods.go, Constraints.
    /// </summary>
    public static string FindUnset(PodSpec spec, IEnumerable<string> names)
    {
        var complaints = new List<string>();
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            var (ofLimits, resource) = name switch
            {
                "cpu" or "memory" => (false, name),
                "requests.cpu" or "requests.memory" => (false, name["requests.".Length..]),
                "limits.cpu" or "limits.memory" => (true, name["limits.".Length..]),
                _ => (false, ""),
            };
            if (resource.Length == 0)
            {
                continue;
            }

            var missing = spec.Containers.Concat(spec.InitContainers)
                .Where(container => !(ofLimits ? container.Resources.Limits : container.Resources.Requests)
                    .ContainsKey(resource))
                .Select(static container => container.Name).Order(StringComparer.Ordinal).ToList();
            if (missing.Count > 0)
            {
                complaints.Add($"{name} for: {string.Join(",", missing)}");
            }
        }

        return complaints.Count == 0 ? "" : $"must specify {string.Join("; ", complaints)}";
    }

    /// <summary>
    /// A pod that is done, or should be, holds nothing but its count. The time it has to end counts twice, as in
    /// Kubernetes: the deletion's time is its end already.
    /// </summary>
    private static bool HasEnded(Pod pod, DateTimeOffset now) =>
        pod.Status.Phase is PodPhase.Failed or PodPhase.Succeeded
        || (pod.Metadata is { DeletionTimestamp: { } end, DeletionGracePeriodSeconds: { } grace }
            && now > end.ToDateTimeOffset().AddSeconds(grace));

    private static ValueMap<Quantity> OfPod(Pod pod)
    {
        var usage = ValueMap.Of(("pods", One));
        foreach (var (name, amount) in PodResources.Requests(pod.Spec))
        {
            usage = usage.Set($"requests.{name}", amount);
            if (name is "cpu" or "memory" or "ephemeral-storage"
                || name.StartsWith("hugepages-", StringComparison.Ordinal))
            {
                usage = usage.Set(name, amount);
            }
        }

        foreach (var (name, amount) in PodResources.ContainerLimits(pod.Spec))
        {
            usage = usage.Set($"limits.{name}", amount);
        }

        return usage;
    }

    private static ValueMap<Quantity> OfService(Service service)
    {
        var ports = service.Spec.Ports.Count;
        return service.Spec.Type switch
        {
            "NodePort" => ValueMap.Of(("services.nodeports", Quantity.FromValue(ports))),
            "LoadBalancer" when service.Spec.AllocateLoadBalancerNodePorts == false => ValueMap.Of(
                ("services.loadbalancers", One),
                ("services.nodeports", Quantity.FromValue(
                    service.Spec.Ports.Count(static port => port.NodePort != 0)))),
            "LoadBalancer" => ValueMap.Of(
                ("services.loadbalancers", One), ("services.nodeports", Quantity.FromValue(ports))),
            _ => default,
        };
    }

    private static ValueMap<Quantity> OfClaim(PersistentVolumeClaim claim)
    {
        var (storage, allocated) =
            (claim.Spec.Resources.Requests.Get("storage"), claim.Status.AllocatedResources.Get("storage"));

        // An expansion that failed may be taken back while the volume has grown already; bytes are whole.
        storage = allocated > storage ? allocated : storage;
        storage = Quantity.FromValue(storage.Value, storage.Format);
        var usage = ValueMap.Of(("requests.storage", storage));
        var storageClass = claim.Metadata.Annotations.TryGetValue(BetaStorageClass, out var former)
            ? former
            : claim.Spec.StorageClassName;
        return storageClass is { Length: > 0 } name
            ? usage.Set($"{name}{ClassSuffix}requests.storage", storage)
                .Set($"{name}{ClassSuffix}persistentvolumeclaims", One)
            : usage;
    }
}
