using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Autoscaling.V1;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// How many pods the controllers of pods are to have: the known kinds from caches, any other by its <c>/scale</c>.
/// Source: pkg/controller/disruption/disruption.go, finders.
/// </summary>
internal sealed class PodScales(ControllerContext context)
{
    private readonly ObjectCache<ReplicaSet> _sets = context.Informers.Get<ReplicaSet>().Cache;
    private readonly ObjectCache<Deployment> _deployments = context.Informers.Get<Deployment>().Cache;
    private readonly ObjectCache<StatefulSet> _statefulSets = context.Informers.Get<StatefulSet>().Cache;
    private readonly ObjectCache<ReplicationController> _replications =
        context.Informers.Get<ReplicationController>().Cache;

    /// <summary>The sum over the controllers of the pods, and whether there are pods without one.</summary>
    /// <exception cref="ScaleException">A pod's controller has no size.</exception>
    public async Task<(int Scale, bool HasUnmanaged)> SumAsync(
        IReadOnlyList<Pod> pods, CancellationToken cancel)
    {
        Dictionary<string, int> asked = new(StringComparer.Ordinal);
        Dictionary<string, int> scales = new(StringComparer.Ordinal);
        var hasUnmanaged = false;
        foreach (var pod in pods)
        {
            if (ObjectReferences.ControllerOf(pod.Metadata) is not { } owner)
            {
                hasUnmanaged = true;
            }
            else if (asked.TryAdd(owner.Uid, 0))
            {
                var (uid, replicas) = Known(owner, pod.Metadata.Namespace)
                    ?? await AskAsync(owner, pod.Metadata.Namespace, cancel)
                    ?? throw new ScaleException($"found no controllers for pod \"{pod.Metadata.Name}\"");
                scales[uid] = replicas;
            }
        }

        return (scales.Values.Sum(), hasUnmanaged);
    }

    private (string Uid, int Replicas)? Known(OwnerReference owner, string ns)
    {
        var key = new ObjectKey(ns, owner.Name);
        return (owner.Kind, GroupOf(owner.ApiVersion)) switch
        {
            ("ReplicaSet", "apps" or "extensions") when _sets.Get(key) is { } set && set.Metadata.Uid == owner.Uid =>
                OfDeployment(set) ?? (set.Metadata.Uid, set.Spec.Replicas ?? 1),
            ("StatefulSet", "apps") when _statefulSets.Get(key) is { } set && set.Metadata.Uid == owner.Uid =>
                (set.Metadata.Uid, set.Spec.Replicas ?? 1),
            ("ReplicationController", "") when _replications.Get(key) is { } set && set.Metadata.Uid == owner.Uid =>
                (set.Metadata.Uid, set.Spec.Replicas ?? 1),
            _ => null,
        };
    }

    /// <summary>Its sets share its size during a rollout.</summary>
    private (string Uid, int Replicas)? OfDeployment(ReplicaSet set) =>
        Enqueueing.OwnerKey<Deployment>(set) is { } key && _deployments.Get(key) is { } deployment
        && deployment.Metadata.Uid == ObjectReferences.ControllerOf(set.Metadata)!.Uid
            ? (deployment.Metadata.Uid, deployment.Spec.Replicas ?? 1)
            : null;

    private async Task<(string Uid, int Replicas)?> AskAsync(OwnerReference owner, string ns, CancellationToken cancel)
    {
        var group = GroupOf(owner.ApiVersion);
        var root = group.Length == 0 ? $"/api/{owner.ApiVersion}" : $"/apis/{owner.ApiVersion}";
        var served = (await ReadAsync<APIResourceList>(root, cancel))?.APIResources ?? [];
        var resource = served.FirstOrDefault(
            item => item.Kind == owner.Kind && !item.Name.Contains('/', StringComparison.Ordinal))
            ?? throw new ScaleException($"no matches for kind \"{owner.Kind}\" in version \"{owner.ApiVersion}\"");
        if (!served.Any(item => item.Name == $"{resource.Name}/scale"))
        {
            throw new ScaleException((group.Length == 0 ? resource.Name : $"{resource.Name}.{group}")
                + " does not implement the scale subresource");
        }

        var path = $"{root}/namespaces/{ns}/{resource.Name}/{Uri.EscapeDataString(owner.Name)}/scale";
        return await ReadAsync<Scale>(path, cancel) is { } scale && scale.Metadata.Uid == owner.Uid
            ? (scale.Metadata.Uid, scale.Spec.Replicas)
            : null;
    }

    /// <summary>Null: there is none.</summary>
    private async Task<T?> ReadAsync<T>(string path, CancellationToken cancel)
        where T : class, IApiType<T>
    {
        try
        {
            return JsonCodec.Decode<T>(await context.Client.RawAsync(HttpMethod.Get, path, default, cancel)).Value;
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return null;
        }
    }

    private static string GroupOf(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : apiVersion[..slash];
    }
}

/// <summary>The size of a pod's controller cannot be known.</summary>
internal sealed class ScaleException(string message, Exception? cause = null) : Exception(message, cause);
