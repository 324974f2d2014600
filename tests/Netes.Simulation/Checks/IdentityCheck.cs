using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Simulation.Checks;

/// <summary>
/// A pod of a stateful set is one: no node starts the next of a name before the last one's containers have ended,
/// whatever the API says. Holds where nodes do not fall silent. Source: the promise of StatefulSet, "at most one".
/// </summary>
internal sealed class IdentityCheck(Verdict verdict)
{
    private readonly Dictionary<string, string> _running = new(StringComparer.Ordinal);

    /// <summary>A node starts the pod's containers.</summary>
    public void Started(Pod pod)
    {
        if (!IsOfSet(pod.Metadata))
        {
            return;
        }

        if (_running.TryGetValue(Name(pod), out var uid) && uid != pod.Metadata.Uid)
        {
            verdict.Break(
                Finding.IdentityTwice,
                $"pod {Name(pod)} started on {pod.Spec.NodeName} while another of its name still ran");
        }

        _running[Name(pod)] = pod.Metadata.Uid;
    }

    /// <summary>Its containers have ended.</summary>
    public void Ended(Pod pod)
    {
        if (_running.GetValueOrDefault(Name(pod)) == pod.Metadata.Uid)
        {
            _running.Remove(Name(pod));
        }
    }

    private static string Name(Pod pod) => $"{pod.Metadata.Namespace}/{pod.Metadata.Name}";

    private static bool IsOfSet(ObjectMeta metadata) =>
        metadata.OwnerReferences.Any(owner => owner is { Controller: true, Kind: "StatefulSet" });
}
