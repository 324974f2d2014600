using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>Nodes that have the pod's images are better. Source: plugins/imagelocality/image_locality.go.</summary>
internal sealed class ImageLocality(Snapshot snapshot) : IScorePlugin, ISignPlugin
{
    private const long MinBytes = 23 * 1024 * 1024;
    private const long MaxBytesPerContainer = 1000 * 1024 * 1024;

    public string Name => "ImageLocality";

    /// <summary>What other nodes have counts as well: with it, the answers of before are void.</summary>
    public object? Sign(PodInfo pod) => (
        new ValueList<string>([
            .. pod.Pod.Spec.InitContainers.Select(container => container.Image),
            .. pod.Pod.Spec.Containers.Select(container => container.Image),
        ]),
        snapshot.ImagesVersion);

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (node.Images.Count == 0)
        {
            return 0;
        }

        var (sum, containers) = (0L, 0);
        foreach (var container in pod.Pod.Spec.InitContainers)
        {
            Add(container);
        }

        foreach (var container in pod.Pod.Spec.Containers)
        {
            Add(container);
        }

        var most = MaxBytesPerContainer * containers;
        return IScorePlugin.MaxScore * (Math.Clamp(sum, MinBytes, most) - MinBytes) / (most - MinBytes);

        void Add(Container container)
        {
            containers++;
            var image = Normalized(container.Image);
            if (node.Images.TryGetValue(image, out var bytes))
            {
                // An image that few nodes have must not draw all pods there.
                sum += (long)(bytes * ((double)snapshot.NodesWithImage(image) / snapshot.Nodes.Count));
            }
        }
    }

    /// <summary>With the tag that is meant when there is none.</summary>
    private static string Normalized(string image) =>
        image.LastIndexOf(':') <= image.LastIndexOf('/') ? image + ":latest" : image;
}
