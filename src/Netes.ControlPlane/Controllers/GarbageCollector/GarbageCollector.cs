using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Deletes what lost its last owner, and carries out foreground and orphaning deletions.
/// Source: pkg/controller/garbagecollector/{garbagecollector,operations}.go.
/// </summary>
internal sealed class GarbageCollector : IController
{
    private const int MaxAbsentOwners = 500;

    private static readonly TimeSpan UntilHeardOf = TimeSpan.FromSeconds(1);

    private readonly ControllerContext _context;
    private readonly OwnerGraph _graph;
    private readonly IReadOnlyList<IInformer> _informers;
    private readonly KeyedController<GraphKey> _deleting;
    private readonly KeyedController<GraphKey> _orphaning;
    private readonly RecentSet _absent = new(MaxAbsentOwners);
    private readonly RecentSet _told = new(MaxAbsentOwners);
    private readonly EventRecorder _events;

    public GarbageCollector(ControllerContext context)
    {
        _context = context;
        _events = context.Events(Name);
        _deleting = new KeyedController<GraphKey>(context, Name, TryDeleteAsync, workers: 20,
            queue: new QueueSettings("garbage_collector_attempt_to_delete"));
        _orphaning = new KeyedController<GraphKey>(context, Name, TryOrphanAsync, workers: 5,
            queue: new QueueSettings("garbage_collector_attempt_to_orphan"));
        _graph = new OwnerGraph(_deleting.Queue.Add, _orphaning.Queue.Add);
        _informers = [.. Resources.All.Where(IsCollected).Select(Watch)];
    }

    public string Name => "garbage-collector-controller";

    public async Task RunAsync(CancellationToken cancel)
    {
        var informing = Task.WhenAll(_informers.Select(informer => informer.RunAsync(cancel)));

        // Before all is known, an owner may seem absent that was just not listed yet.
        await Task.WhenAll(_informers.Select(informer => informer.WaitForSyncAsync(cancel)));
        await Task.WhenAll(_deleting.RunAsync(cancel), _orphaning.RunAsync(cancel), informing);
    }

    /// <summary>Events own nothing and are owned by nobody, and there are many.</summary>
    private static bool IsCollected(ResourceDefinition resource) =>
        resource.Stored && resource.Kind != "Event" && resource.Allows("delete") && resource.Allows("list")
        && resource.Allows("watch");

    private Informer<PartialObjectMetadata> Watch(ResourceDefinition resource)
    {
        var informer = new Informer<PartialObjectMetadata>(_context.Client, resource, InformerOptions.Default,
            _context.Time, _context.NewRandom(), _context.Logger(Name));
        informer.AddHandler(change =>
        {
            if (change.New is { } next)
            {
                if (change.Old is { } old && old.Metadata.Uid != next.Metadata.Uid)
                {
                    Gone(resource, old.Metadata);
                }

                _graph.Set(resource, next.Metadata);
            }
            else
            {
                Gone(resource, change.Latest.Metadata);
            }
        });
        return informer;
    }

    private void Gone(ResourceDefinition resource, ObjectMeta metadata)
    {
        if (_graph.Remove(metadata.Uid))
        {
            _absent.Add(new GraphKey(resource, metadata.Namespace, metadata.Name, metadata.Uid).ToString());
        }
    }

    /// <summary>
    /// The API has no such object. One of this uid may be elsewhere: it is absent in these words alone.
    /// </summary>
    private void Missed(GraphKey key)
    {
        _absent.Add(key.ToString());
        _graph.Miss(key, other => _absent.Contains(other.ToString()));
    }

    private async Task<ReconcileResult> TryDeleteAsync(GraphKey key, CancellationToken cancel)
    {
        if (_graph.Get(key.Uid) is not { } item || (item.IsBeingDeleted && !item.IsDeletingDependents))
        {
            return ReconcileResult.Done;
        }

        await TryDeleteAsync(item, cancel);

        // An object that comes and goes while its watch is renewed is never heard of: until it is, it is asked for.
        return _graph.Get(key.Uid) is { IsVirtual: true } ? ReconcileResult.Again(UntilHeardOf) : ReconcileResult.Done;
    }

    private async Task TryDeleteAsync(GraphView item, CancellationToken cancel)
    {
        var latest = await GetAsync(item.Key.Resource, item.Key.Namespace, item.Key.Name, cancel);
        if (latest is null || latest.Uid != item.Key.Uid)
        {
            Missed(item.Key);
            return;
        }

        if (item.IsDeletingDependents)
        {
            await WaitForDependentsAsync(item, latest, cancel);
            return;
        }

        var states = new List<OwnerState>();
        foreach (var owner in (IEnumerable<OwnerReference>)latest.OwnerReferences)
        {
            if (await StateOfAsync(owner, item.Key, cancel) is not { } state)
            {
                // Nobody knows; what the other owners are does not matter then.
                return;
            }

            states.Add(state);
        }

        switch (OwnerClassification.Decide(states, item.Dependents.Count > 0))
        {
            case CollectAction.DropReferences:
                var gone = latest.OwnerReferences.Where((_, index) => states[index] != OwnerState.Solid);
                await DropOwnersAsync(item.Key, [.. gone.Select(owner => owner.Uid)], cancel);
                break;
            case CollectAction.DeleteForeground:
                if (item.Dependents.Any(dependent => dependent.IsDeletingDependents))
                {
                    // Maybe a circle, in which everybody would wait for ever: this one blocks nobody.
                    await UnblockOwnersAsync(item.Key, latest, cancel);
                    latest = await GetAsync(item.Key.Resource, item.Key.Namespace, item.Key.Name, cancel) ?? latest;
                }

                await DeleteAsync(item.Key, latest, DeletionPropagation.Foreground, cancel);
                break;
            case CollectAction.Delete:
                await DeleteAsync(item.Key, latest, OwnerClassification.Policy(latest), cancel);
                break;
        }
    }

    /// <summary>Foreground: the owner goes when no dependent blocks it any more.</summary>
    private async Task WaitForDependentsAsync(GraphView item, ObjectMeta latest, CancellationToken cancel)
    {
        var blocking = item.Dependents.Where(dependent => dependent.Blocks).ToList();
        foreach (var dependent in blocking.Where(dependent => !dependent.IsDeletingDependents))
        {
            _deleting.Queue.Add(dependent.Key);
        }

        if (blocking.Count == 0)
        {
            await DropFinalizerAsync(item.Key, latest, OwnerGraph.ForegroundFinalizer, cancel);
        }
    }

    private async Task<ReconcileResult> TryOrphanAsync(GraphKey key, CancellationToken cancel)
    {
        if (_graph.Get(key.Uid) is null)
        {
            return ReconcileResult.Done;
        }

        foreach (var dependent in await DependentsAsync(key, cancel))
        {
            await DropOwnersAsync(dependent, [key.Uid], cancel);
        }

        var latest = await GetAsync(key.Resource, key.Namespace, key.Name, cancel);
        if (latest is not null && latest.Uid == key.Uid)
        {
            await DropFinalizerAsync(key, latest, OwnerGraph.OrphanFinalizer, cancel);
        }

        return ReconcileResult.Done;
    }

    /// <summary>
    /// What the API has, not what was heard of so far: what is not set free before its owner goes, goes after it.
    /// Kubernetes asks its graph alone.
    /// </summary>
    private async Task<List<GraphKey>> DependentsAsync(GraphKey owner, CancellationToken cancel)
    {
        var dependents = new List<GraphKey>();
        foreach (var resource in Resources.All.Where(IsCollected))
        {
            if (owner.Namespace.Length > 0 && !resource.Namespaced)
            {
                continue;
            }

            var list = await _context.Client.Objects.ListAsync<PartialObjectMetadata>(
                resource, owner.Namespace, null, cancel);
            dependents.AddRange(list.Items.Select(item => item.Metadata)
                .Where(metadata => metadata.OwnerReferences.Any(reference => reference.Uid == owner.Uid))
                .Select(metadata => new GraphKey(resource, metadata.Namespace, metadata.Name, metadata.Uid)));
        }

        return dependents;
    }

    /// <returns>Null: nobody knows.</returns>
    private async Task<OwnerState?> StateOfAsync(OwnerReference owner, GraphKey dependent, CancellationToken cancel)
    {
        if (OwnerResources.Find(owner) is not { } resource)
        {
            // A kind that is not served may come back; its dependents are not for us to take.
            return null;
        }

        if (resource.Namespaced && dependent.Namespace.Length == 0)
        {
            // Which namespace the owner would be in nobody knows.
            TellWrongNamespace(owner, dependent);
            return null;
        }

        if (resource.Namespaced && _graph.Get(owner.Uid) is { } known && known.Key.Namespace != dependent.Namespace)
        {
            TellWrongNamespace(owner, dependent);
        }

        var key = new GraphKey(resource, resource.Namespaced ? dependent.Namespace : "", owner.Name, owner.Uid);
        if (_absent.Contains(key.ToString()))
        {
            return OwnerState.Dangling;
        }

        var state = OwnerClassification.StateOf(owner, await GetAsync(resource, key.Namespace, owner.Name, cancel));
        if (state == OwnerState.Dangling)
        {
            _absent.Add(key.ToString());
        }

        return state;
    }

    /// <summary>An owner is in the namespace of what it owns, or in none. Told once.</summary>
    private void TellWrongNamespace(OwnerReference owner, GraphKey dependent)
    {
        if (_told.Contains(dependent.Uid + owner.Uid))
        {
            return;
        }

        _told.Add(dependent.Uid + owner.Uid);
        var about = new ObjectReference
        {
            Kind = dependent.Resource.Kind,
            ApiVersion = dependent.Resource.ApiVersion,
            Namespace = dependent.Namespace,
            Name = dependent.Name,
            Uid = dependent.Uid,
        };
        _events.Record(about, EventTypes.Warning, "OwnerRefInvalidNamespace",
            $"ownerRef [{owner.ApiVersion}/{owner.Kind}, namespace: {dependent.Namespace}, name: {owner.Name}, "
            + $"uid: {owner.Uid}] does not exist in namespace \"{dependent.Namespace}\"");
    }

    private async Task<ObjectMeta?> GetAsync(
        ResourceDefinition resource, string ns, string name, CancellationToken cancel)
    {
        try
        {
            return (await _context.Client.GetAsync<PartialObjectMetadata>(resource, ns, name, cancel)).Metadata;
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return null;
        }
    }

    private async Task DeleteAsync(GraphKey key, ObjectMeta latest, string policy, CancellationToken cancel)
    {
        try
        {
            var options = new DeleteOptions
            {
                PropagationPolicy = policy,
                Preconditions = new Api.Meta.Preconditions { Uid = key.Uid, ResourceVersion = latest.ResourceVersion },
            };
            await _context.Client.DeleteAsync(key.Resource, key.Namespace, key.Name, options, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            Missed(key);
        }
    }

    private async Task DropOwnersAsync(GraphKey key, IReadOnlyList<string> ownerUids, CancellationToken cancel)
    {
        var patch = Json.Strategic(json => json.Object("metadata", metadata =>
        {
            metadata.WriteString("uid", key.Uid);
            metadata.Array("ownerReferences", owners =>
            {
                foreach (var uid in ownerUids)
                {
                    owners.WriteStartObject();
                    owners.WriteString("$patch", "delete");
                    owners.WriteString("uid", uid);
                    owners.WriteEndObject();
                }
            });
        }));
        await PatchAsync(key, patch, cancel);
    }

    private async Task UnblockOwnersAsync(GraphKey key, ObjectMeta latest, CancellationToken cancel)
    {
        var blocking = latest.OwnerReferences.Where(owner => owner.BlockOwnerDeletion == true).ToList();
        if (blocking.Count == 0)
        {
            return;
        }

        var patch = Json.Strategic(json => json.Object("metadata", metadata =>
        {
            metadata.WriteString("uid", key.Uid);
            metadata.Array("ownerReferences", owners =>
            {
                foreach (var owner in blocking)
                {
                    owners.WriteStartObject();
                    owners.WriteString("uid", owner.Uid);
                    owners.WriteBoolean("blockOwnerDeletion", false);
                    owners.WriteEndObject();
                }
            });
        }));
        await PatchAsync(key, patch, cancel);
    }

    private Task DropFinalizerAsync(GraphKey key, ObjectMeta latest, string finalizer, CancellationToken cancel) =>
        !latest.Finalizers.Contains(finalizer)
            ? Task.CompletedTask
            : PatchAsync(key, FinalizerPatch(latest, finalizer), cancel);

    /// <summary>All finalizers but one, if nobody changed the object in the meantime.</summary>
    private static Patch FinalizerPatch(ObjectMeta latest, string finalizer) =>
        Json.Merge(json => json.Object("metadata", metadata =>
        {
            metadata.WriteString("resourceVersion", latest.ResourceVersion);
            metadata.Array("finalizers", list =>
            {
                foreach (var name in latest.Finalizers.Where(name => name != finalizer))
                {
                    list.WriteStringValue(name);
                }
            });
        }));

    private async Task PatchAsync(GraphKey key, Patch patch, CancellationToken cancel)
    {
        try
        {
            await _context.Client.PatchAsync<PartialObjectMetadata>(
                key.Resource, key.Namespace, key.Name, patch, "", cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            Missed(key);
        }
    }
}
