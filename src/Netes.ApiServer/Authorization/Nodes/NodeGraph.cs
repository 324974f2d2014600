using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;

namespace Netes.ApiServer.Authorization.Nodes;

/// <summary>
/// Which objects the pods of each node need, kept up to date with each change of a pod.
/// Source: plugin/pkg/auth/authorizer/node/graph.go.
/// </summary>
internal sealed class NodeGraph : IDisposable
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<NodeReference, int>> _needed = new(StringComparer.Ordinal);
    private readonly Dictionary<NodeReference, HashSet<string>> _volumesOfSecret = [];
    private readonly Dictionary<string, NodeReference> _claimOfVolume = new(StringComparer.Ordinal);
    private readonly List<IDisposable> _subscriptions = [];

    public NodeGraph(IObjectReader objects)
    {
        _subscriptions.Add(objects.Subscribe<Pod>(OnPod));
        _subscriptions.Add(objects.Subscribe<PersistentVolume>(OnVolume));
        _subscriptions.Add(objects.Subscribe<VolumeAttachment>(OnAttachment));
    }

    /// <summary>True when a pod on the node needs the object, for Secrets also through a volume.</summary>
    public bool IsNeeded(string nodeName, NodeReference reference)
    {
        lock (_lock)
        {
            if (!_needed.TryGetValue(nodeName, out var needed))
            {
                return false;
            }

            if (needed.ContainsKey(reference))
            {
                return true;
            }

            return reference.Kind == ReferenceKind.Secret
                && _volumesOfSecret.TryGetValue(reference, out var volumes)
                && volumes.Any(volume => needed.ContainsKey(_claimOfVolume[volume]));
        }
    }

    /// <summary>True when the volume is bound to a claim that a pod on the node needs.</summary>
    public bool IsVolumeNeeded(string nodeName, string volumeName)
    {
        lock (_lock)
        {
            return _needed.TryGetValue(nodeName, out var needed)
                && _claimOfVolume.TryGetValue(volumeName, out var claim)
                && needed.ContainsKey(claim);
        }
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    private void OnPod(Pod? old, Pod? next)
    {
        if (old is not null && next is not null && old.Spec == next.Spec && old.Metadata.Uid == next.Metadata.Uid
            && old.Status.ResourceClaimStatuses == next.Status.ResourceClaimStatuses
            && old.Status.ExtendedResourceClaimStatus == next.Status.ExtendedResourceClaimStatus)
        {
            return;
        }

        Change(old?.Spec.NodeName, old is null ? [] : Find(old), next?.Spec.NodeName, next is null ? [] : Find(next));
    }

    private static IEnumerable<NodeReference> Find(Pod pod)
    {
        var self = new NodeReference(ReferenceKind.Pod, pod.Metadata.Namespace, pod.Metadata.Name);
        // A node makes its own mirror pods: what they name must give it nothing.
        return pod.Metadata.Annotations.ContainsKey(MirrorAnnotation) ? [self] : PodReferences.Find(pod).Prepend(self);
    }

    private void OnAttachment(VolumeAttachment? old, VolumeAttachment? next) => Change(
        old?.Spec.NodeName,
        old is null ? [] : [Attachment(old)],
        next?.Spec.NodeName,
        next is null ? [] : [Attachment(next)]);

    private static NodeReference Attachment(VolumeAttachment attachment) =>
        new(ReferenceKind.VolumeAttachment, "", attachment.Metadata.Name);

    private void Change(
        string? oldNode, IEnumerable<NodeReference> oldReferences, string? node, IEnumerable<NodeReference> references)
    {
        lock (_lock)
        {
            if (oldNode is { Length: > 0 } && _needed.TryGetValue(oldNode, out var before))
            {
                foreach (var reference in oldReferences)
                {
                    if (before.TryGetValue(reference, out var count) && count > 1)
                    {
                        before[reference] = count - 1;
                    }
                    else
                    {
                        before.Remove(reference);
                    }
                }

                if (before.Count == 0)
                {
                    _needed.Remove(oldNode);
                }
            }

            if (node is { Length: > 0 })
            {
                var needed = _needed.TryGetValue(node, out var there) ? there : _needed[node] = [];
                foreach (var reference in references)
                {
                    needed[reference] = needed.GetValueOrDefault(reference) + 1;
                }
            }
        }
    }

    private void OnVolume(PersistentVolume? old, PersistentVolume? next)
    {
        lock (_lock)
        {
            if (old is not null)
            {
                _claimOfVolume.Remove(old.Metadata.Name);
                foreach (var secret in VolumeSecrets.Find(old))
                {
                    if (_volumesOfSecret.TryGetValue(secret, out var volumes) && volumes.Remove(old.Metadata.Name)
                        && volumes.Count == 0)
                    {
                        _volumesOfSecret.Remove(secret);
                    }
                }
            }

            if (next?.Spec.ClaimRef is { } claim)
            {
                var name = next.Metadata.Name;
                _claimOfVolume[name] = new NodeReference(
                    ReferenceKind.PersistentVolumeClaim, claim.Namespace, claim.Name);
                foreach (var secret in VolumeSecrets.Find(next))
                {
                    (_volumesOfSecret.TryGetValue(secret, out var volumes) ? volumes : _volumesOfSecret[secret] = [])
                        .Add(name);
                }
            }
        }
    }
}
