using System.Collections.Immutable;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>A node and what runs, or is about to run, on it. Immutable: a change makes a new one.</summary>
public sealed record NodeInfo
{
    public NodeInfo(Node node)
    {
        Node = node;
        Allocatable = ResourceAmounts.Of(node.Status.Allocatable);
        AllowedPods = node.Status.Allocatable.TryGetValue("pods", out var pods) ? pods.Value : 0;
        Images = ImagesOf(node);
    }

    public Node Node { get; }

    /// <summary>A small number that no other node of the cache has, the same while the node is there.</summary>
    public int Slot { get; init; }

    public string Name => Node.Metadata.Name;

    public ImmutableArray<PodInfo> Pods { get; private init; } = [];

    public ResourceAmounts Allocatable { get; }

    public long AllowedPods { get; }

    public ResourceAmounts Requested { get; private init; }

    public ResourceAmounts NonZeroRequested { get; private init; }

    /// <summary>Sizes of the images on the node, by each of their names.</summary>
    public IReadOnlyDictionary<string, long> Images { get; private init; }

    public NodeInfo WithPod(PodInfo pod) => this with
    {
        Pods = Pods.Add(pod),
        Requested = Requested + pod.Requests,
        NonZeroRequested = NonZeroRequested + pod.NonZeroRequests,
    };

    public NodeInfo WithoutPod(ObjectKey key)
    {
        for (var i = 0; i < Pods.Length; i++)
        {
            if (Pods[i].Key == key)
            {
                return this with
                {
                    Pods = Pods.RemoveAt(i),
                    Requested = Requested - Pods[i].Requests,
                    NonZeroRequested = NonZeroRequested - Pods[i].NonZeroRequests,
                };
            }
        }

        return this;
    }

    /// <summary>Whether a newer state of the node says the same to the scheduler, as heartbeats do.</summary>
    public bool IsSameFor(Node node) =>
        node.Metadata.Uid == Node.Metadata.Uid
        && node.Metadata.Labels == Node.Metadata.Labels
        && node.Metadata.Annotations == Node.Metadata.Annotations
        && node.Spec == Node.Spec
        && node.Status.Allocatable == Node.Status.Allocatable
        && node.Status.DeclaredFeatures == Node.Status.DeclaredFeatures
        && node.Status.Images == Node.Status.Images;

    /// <summary>The same pods on a newer state of the node.</summary>
    public NodeInfo WithNode(Node node) => new(node)
    {
        Images = node.Status.Images == Node.Status.Images ? Images : ImagesOf(node),
        Slot = Slot,
        Pods = Pods,
        Requested = Requested,
        NonZeroRequested = NonZeroRequested,
    };

    private static Dictionary<string, long> ImagesOf(Node node)
    {
        var images = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var image in node.Status.Images)
        {
            foreach (var name in image.Names)
            {
                images[name] = image.SizeBytes;
            }
        }

        return images;
    }
}
