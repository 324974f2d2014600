using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// The labels of a node that follow others: old clients know the operating system and the architecture by their
/// names of beta days. Pure. Source: node_lifecycle_controller.go, labelReconcileInfo.
/// </summary>
internal static class NodeLabels
{
    private static readonly (string Stable, string Beta)[] _pairs =
    [
        ("kubernetes.io/os", "beta.kubernetes.io/os"),
        ("kubernetes.io/arch", "beta.kubernetes.io/arch"),
    ];

    /// <summary>The same map when nothing is to be changed.</summary>
    public static ValueMap<string> Wanted(Node node)
    {
        var labels = node.Metadata.Labels;
        foreach (var (stable, beta) in _pairs)
        {
            if (labels.TryGetValue(stable, out var value) && labels.Get(beta) != value)
            {
                labels = labels.Set(beta, value);
            }
        }

        return labels;
    }
}
