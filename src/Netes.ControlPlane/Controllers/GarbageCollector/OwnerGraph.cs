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
            if (node.IsVirtual && node.Key.Namespace != key.Namespace)
            {
                foreach (var dependent in node.Dependents)
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

    public void Remove(string uid)
    {
        lock (_lock)
        {
            if (!_nodes.Remove(uid, out var node))
            {
                return;
            }

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
        }
    }

    /// <summary>What is known of an object; null: nothing.</summary>
    public GraphView? Get(string uid)
    {
        lock (_lock)
        {
            return !_nodes.TryGetValue(uid, out var node) ? null : new GraphView(
                node.Key, node.IsBeingDeleted, node.IsDeletingDependents,
                [.. node.Dependents.Select(dependent => new GraphDependent(
                    dependent.Key, dependent.IsDeletingDependents,
                    dependent.Owners.Any(owner => owner.Uid == uid && owner.BlockOwnerDeletion == true)))]);
        }
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
        if (!_nodes.TryGetValue(owner.Uid, out var ownerNode))
        {
            if (OwnerResources.Find(owner) is not { } resource)
            {
                return;
            }

            // Not seen (yet): whether it exists is asked.
            var ns = resource.Namespaced ? node.Key.Namespace : "";
            ownerNode = new GraphNode(new GraphKey(resource, ns, owner.Name, owner.Uid)) { IsVirtual = true };
            _nodes[owner.Uid] = ownerNode;
            toDelete(ownerNode.Key);
        }

        if (ownerNode.Key.Namespace.Length > 0 && ownerNode.Key.Namespace != node.Key.Namespace)
        {
            // It cannot be owned from there: whether it has an owner at all is asked.
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

/// <summary>What the graph knows of an object at one moment.</summary>
internal sealed record GraphView(
    GraphKey Key, bool IsBeingDeleted, bool IsDeletingDependents, IReadOnlyList<GraphDependent> Dependents);

/// <summary>An object that another one owns, and whether that one must wait for it.</summary>
internal sealed record GraphDependent(GraphKey Key, bool IsDeletingDependents, bool Blocks);
