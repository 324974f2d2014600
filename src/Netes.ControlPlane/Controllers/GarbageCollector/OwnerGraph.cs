using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ControlPlane;

/// <summary>An object in the graph: its resource, place and identity.</summary>
internal sealed record GraphKey(ResourceDefinition Resource, string Namespace, string Name, string Uid)
{
    // The definition's own equality compares all of its rules; one per resource exists.
    public bool Equals(GraphKey? other) => other is not null && Uid == other.Uid && Name == other.Name
        && Namespace == other.Namespace && ReferenceEquals(Resource, other.Resource);

    public override int GetHashCode() => HashCode.Combine(Uid, Name);

    public override string ToString() => $"{Resource.QualifiedName} {Namespace}/{Name} {Uid}";

    /// <summary>Where a dependent's reference points to; null: to a kind that is not served.</summary>
    public static GraphKey? Of(OwnerReference owner, GraphKey dependent) => OwnerResources.Find(owner) is { } resource
        ? new GraphKey(resource, resource.Namespaced ? dependent.Namespace : "", owner.Name, owner.Uid)
        : null;

    /// <summary>The same object, whatever the version of its kind.</summary>
    public bool IsSame(GraphKey other) => Uid == other.Uid && Name == other.Name && Namespace == other.Namespace
        && Resource.Kind == other.Resource.Kind && Resource.Group == other.Resource.Group;
}

/// <summary>
/// Who owns whom. What changes in it says which objects have to be looked at. Thread-safe.
/// Source: pkg/controller/garbagecollector/graph_builder.go.
/// </summary>
/// <param name="toDelete">Called with an object that may have to go.</param>
/// <param name="toOrphan">Called with an owner that waits for its dependents to be set free.</param>
internal sealed class OwnerGraph(Action<GraphKey> toDelete, Action<GraphKey> toOrphan)
{
    public const string ForegroundFinalizer = "foregroundDeletion";
    public const string OrphanFinalizer = "orphan";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, GraphNode> _nodes = new(StringComparer.Ordinal);

    public void Set(ResourceDefinition resource, ObjectMeta metadata)
    {
        lock (_lock)
        {
            var key = new GraphKey(resource, metadata.Namespace, metadata.Name, metadata.Uid);
            if (!_nodes.TryGetValue(key.Uid, out var node))
            {
                _nodes[key.Uid] = node = new GraphNode(key);
            }

            // One that was only known from references may have been given a wrong name there.
            if (node.IsVirtual && !node.Key.IsSame(key))
            {
                foreach (var dependent in node.Dependents.Where(dependent => !RefersTo(dependent, key)))
                {
                    toDelete(dependent.Key);
                }
            }

            node.Key = key;
            node.IsVirtual = false;
            SetOwners(node, metadata.OwnerReferences);
            Transition(node, metadata);
        }
    }

    /// <summary>Heard of its end.</summary>
    /// <returns>True: it had dependents.</returns>
    public bool Remove(string uid)
    {
        lock (_lock)
        {
            return _nodes.TryGetValue(uid, out var node) && Remove(node);
        }
    }

    /// <summary>
    /// The API has no such object. It may be elsewhere: whoever refers to it in other words may be right, and an object
    /// that was heard of elsewhere is there. Those who refer to it in these words are looked at.
    /// </summary>
    /// <param name="key">What was asked for.</param>
    /// <param name="isAbsent">Whether the API was already asked for another one in vain.</param>
    public void Miss(GraphKey key, Func<GraphKey, bool> isAbsent)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(key.Uid, out var node))
            {
                return;
            }

            var isThis = node.Key.IsSame(key);
            var elsewhere = node.IsVirtual ? node.Dependents
                .SelectMany(dependent => dependent.Owners.Where(owner => owner.Uid == key.Uid)
                    .Select(owner => GraphKey.Of(owner, dependent.Key)))
                .FirstOrDefault(other => other is not null && !other.IsSame(key) && !isAbsent(other)) : null;
            if (isThis && elsewhere is null)
            {
                Remove(node);
                return;
            }

            foreach (var dependent in node.Dependents.Where(dependent => RefersTo(dependent, key)))
            {
                toDelete(dependent.Key);
            }

            if (isThis)
            {
                node.Key = elsewhere!;
                toDelete(node.Key);
            }
        }
    }

    /// <summary>What is known of an object; null: nothing.</summary>
    public GraphView? Get(string uid)
    {
        lock (_lock)
        {
            return !_nodes.TryGetValue(uid, out var node) ? null : new GraphView(
                node.Key, node.IsVirtual, node.IsBeingDeleted, node.IsDeletingDependents,
                [.. node.Dependents.Select(dependent => new GraphDependent(
                    dependent.Key, dependent.IsDeletingDependents,
                    dependent.Owners.Any(owner => owner.Uid == uid && owner.BlockOwnerDeletion == true)))]);
        }
    }

    private static bool RefersTo(GraphNode dependent, GraphKey key) => dependent.Owners.Any(owner =>
        owner.Uid == key.Uid && GraphKey.Of(owner, dependent.Key) is { } other && other.IsSame(key));

    private bool Remove(GraphNode node)
    {
        _nodes.Remove(node.Key.Uid);
        foreach (var dependent in node.Dependents)
        {
            toDelete(dependent.Key);
        }

        foreach (var owner in node.Owners)
        {
            if (_nodes.TryGetValue(owner.Uid, out var ownerNode))
            {
                ownerNode.Dependents.Remove(node);
                if (ownerNode.IsDeletingDependents)
                {
                    toDelete(ownerNode.Key);
                }
            }
        }

        return node.Dependents.Count > 0;
    }

    private void SetOwners(GraphNode node, ValueList<OwnerReference> owners)
    {
        var old = node.Owners;
        if (old == owners)
        {
            return;
        }

        node.Owners = owners;
        foreach (var owner in old)
        {
            var kept = owners.FirstOrDefault(other => other.Uid == owner.Uid);
            if (_nodes.TryGetValue(owner.Uid, out var ownerNode))
            {
                if (kept is null)
                {
                    ownerNode.Dependents.Remove(node);
                }

                if (ownerNode.IsDeletingDependents && owner.BlockOwnerDeletion == true
                    && kept?.BlockOwnerDeletion != true)
                {
                    toDelete(ownerNode.Key);
                }
            }
        }

        foreach (var owner in owners)
        {
            AddDependent(owner, node);
        }
    }

    private void AddDependent(OwnerReference owner, GraphNode node)
    {
        var at = GraphKey.Of(owner, node.Key);
        if (!_nodes.TryGetValue(owner.Uid, out var ownerNode))
        {
            if (at is null)
            {
                return;
            }

            // Not heard of (yet): whether it exists is asked.
            _nodes[owner.Uid] = ownerNode = new GraphNode(at) { IsVirtual = true };
            toDelete(at);
        }
        else if (at is null || !at.IsSame(ownerNode.Key))
        {
            // It is not what the reference says: whether there is such an owner is asked.
            toDelete(node.Key);
        }

        ownerNode.Dependents.Add(node);
    }

    private void Transition(GraphNode node, ObjectMeta metadata)
    {
        if (metadata.DeletionTimestamp is null)
        {
            return;
        }

        node.IsBeingDeleted = true;
        if (metadata.Finalizers.Contains(OrphanFinalizer))
        {
            toOrphan(node.Key);
        }
        else if (metadata.Finalizers.Contains(ForegroundFinalizer) && !node.IsDeletingDependents)
        {
            node.IsDeletingDependents = true;
            foreach (var dependent in node.Dependents)
            {
                toDelete(dependent.Key);
            }

            toDelete(node.Key);
        }
    }

    private sealed class GraphNode(GraphKey key)
    {
        public GraphKey Key { get; set; } = key;

        public ValueList<OwnerReference> Owners { get; set; }

        public HashSet<GraphNode> Dependents { get; } = [];

        public bool IsVirtual { get; set; }

        public bool IsBeingDeleted { get; set; }

        public bool IsDeletingDependents { get; set; }
    }
}

/// <summary>What the graph knows of an object at one moment; of a virtual one, only what others say of it.</summary>
internal sealed record GraphView(
    GraphKey Key, bool IsVirtual, bool IsBeingDeleted, bool IsDeletingDependents,
    IReadOnlyList<GraphDependent> Dependents);

/// <summary>An object that another one owns, and whether that one must wait for it.</summary>
internal sealed record GraphDependent(GraphKey Key, bool IsDeletingDependents, bool Blocks);
