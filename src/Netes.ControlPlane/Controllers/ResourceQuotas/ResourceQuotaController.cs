using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Counts what namespaces use of their quotas: admission books what comes, this finds what went.
/// Source: pkg/controller/resourcequota/resource_quota_controller.go.
/// </summary>
internal sealed class ResourceQuotaController : IController
{
    /// <summary>Every quota is counted again after so long, whatever was seen.</summary>
    private static readonly TimeSpan Resync = TimeSpan.FromMinutes(5);

    /// <summary>A cache that was found behind has caught up by then.</summary>
    private static readonly TimeSpan UntilShown = TimeSpan.FromSeconds(5);

    private readonly ControllerContext _context;
    private readonly ObjectCache<ResourceQuota> _quotas;
    private readonly DeviceQuota _devices;
    private readonly QuotaMonitors _monitors;
    private readonly KeyedController<ObjectKey> _keyed;

    public ResourceQuotaController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(
            context, Name, ReconcileAsync, queue: new QueueSettings("resourcequota_primary"));
        _monitors = new QuotaMonitors(context, Name, EnqueueConcerned);
        var quotas = context.Informers.Get<ResourceQuota>();
        _quotas = quotas.Cache;
        quotas.AddHandler(change =>
        {
            // A booking of admission is no reason to count.
            if (change.New is { } quota && (change.Old is null || quota.Status.Hard != quota.Spec.Hard))
            {
                _keyed.Queue.Add(change.Key);
            }
        });
        EnqueueOnRelease<Pod>();
        EnqueueOnRelease<Service>();
        EnqueueOnRelease<PersistentVolumeClaim>();
        EnqueueOnRelease<ConfigMap>();
        EnqueueOnRelease<Secret>();
        EnqueueOnRelease<ResourceClaim>();
        var (classes, pods) = (context.Informers.Get<DeviceClass>().Cache, context.Informers.Get<Pod>().Cache);
        _devices = new DeviceQuota(
            name => classes.Get("", name), pods.Get, context.Informers.Get<ResourceClaim>().Cache.List);
    }

    public string Name => "resourcequota-controller";

    public async Task RunAsync(CancellationToken cancel)
    {
        await _keyed.RunAsync(cancel);
        await _monitors.Ended;
    }

    private void EnqueueOnRelease<T>()
        where T : class, IResource<T> => _context.Informers.Get<T>().AddHandler(change =>
        {
            // Most namespaces have no quota, and most changes give nothing back.
            if (_quotas.List(change.Key.Namespace).Count > 0 && (change.New is null || (change.Old is not null
                && QuotaPlan.GivesBack(T.Resource, change.Old, change.New, _context.Now))))
            {
                EnqueueConcerned(change.Key.Namespace, T.Resource);
            }
        });

    private void EnqueueConcerned(string namespaceName, ResourceDefinition resource)
    {
        foreach (var quota in _quotas.List(namespaceName)
            .Where(quota => QuotaPlan.Concerns(quota.Spec.Hard, resource)))
        {
            _keyed.Queue.Add(ObjectKey.Of(quota));
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_quotas.TryGet(key, out var quota) || quota.Metadata.DeletionTimestamp is not null)
        {
            return ReconcileResult.Done;
        }

        // What goes while it is counted is heard of: it is counted again.
        var again = _monitors.Watch(QuotaPlan.Unwatched(quota.Spec.Hard.Keys), cancel);
        var failures = new Dictionary<ResourceDefinition, ApiException>();
        var usage = await CountAsync(quota, failures, cancel);
        var used = QuotaPlan.Used(quota.Spec.Hard, usage, quota.Status.Used, failures.Keys);
        if (used != quota.Status.Used || quota.Spec.Hard != quota.Status.Hard)
        {
            // Should admission book meanwhile, the update conflicts and is made again from what is then.
            await _context.Client.UpdateStatusAsync(
                quota with { Status = new ResourceQuotaStatus { Hard = quota.Spec.Hard, Used = used } }, cancel);
        }
        else if (await LatestAsync(key, cancel) is { } latest
            && latest.Metadata.ResourceVersion != quota.Metadata.ResourceVersion)
        {
            // A booking that the cache does not show yet would stand for ever if its object went meanwhile.
            return ReconcileResult.Again(UntilShown);
        }

        // What could be counted is told before the rest is tried again.
        return failures.Count == 0
            ? ReconcileResult.Again(again ?? Resync)
            : throw new AggregateException($"quota {key} was not counted wholly", failures.Values);
    }

    /// <summary>By a list: the controller may read quotas in no other way.</summary>
    private async Task<ResourceQuota?> LatestAsync(ObjectKey key, CancellationToken cancel)
    {
        var one = new ListParameters { FieldSelector = $"metadata.name={key.Name}" };
        var quotas = await _context.Client.ListAsync<ResourceQuota>(key.Namespace, one, cancel);
        return quotas.Items.IsEmpty ? null : quotas.Items[0];
    }

    /// <summary>Fresh lists, not caches: a count that is behind would give away what admission has just
    /// booked.</summary>
    private async Task<ValueMap<Quantity>> CountAsync(
        ResourceQuota quota, Dictionary<ResourceDefinition, ApiException> failures, CancellationToken cancel)
    {
        var total = default(ValueMap<Quantity>);
        foreach (var resource in QuotaPlan.Counted(quota.Spec.Hard.Keys))
        {
            try
            {
                foreach (var item in await ListAsync(resource, quota, cancel))
                {
                    var usage = QuotaUsage.Of(resource.Group, resource.Plural, item, _context.Now);
                    usage = item is ResourceClaim claim
                        ? ResourceLists.Add(usage, _devices.Of(claim, _context.Now))
                        : usage;
                    total = ResourceLists.Add(total, usage);
                }
            }
            catch (ApiException failure)
            {
                failures[resource] = failure;
            }
        }

        return total;
    }

    private async Task<IEnumerable<object>> ListAsync(
        ResourceDefinition resource, ResourceQuota quota, CancellationToken cancel)
    {
        var items = (resource.Group, resource.Plural) switch
        {
            ("", "pods") => await ListAsync<Pod>(resource, quota, cancel),
            ("", "services") => await ListAsync<Service>(resource, quota, cancel),
            ("", "persistentvolumeclaims") => await ListAsync<PersistentVolumeClaim>(resource, quota, cancel),
            ("resource.k8s.io", "resourceclaims") => await ListAsync<ResourceClaim>(resource, quota, cancel),
            _ => await ListAsync<PartialObjectMetadata>(resource, quota, cancel),
        };
        return items.Where(item => QuotaScopes.Match(quota.Spec, item));
    }

    private async Task<IEnumerable<object>> ListAsync<T>(
        ResourceDefinition resource, ResourceQuota quota, CancellationToken cancel)
        where T : class, IKubernetesObject, IApiType<T> =>
        (await _context.Client.ListAsync<T>(resource, quota.Metadata.Namespace, null, cancel)).Items;
}
