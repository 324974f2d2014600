using Netes.Api.Core;

namespace Netes.Simulation.Checks;

/// <summary>
/// A daemon set that may not surge never has two pods that run, or are about to, on one node.
/// </summary>
internal sealed class DaemonCheck
{
    private readonly Mirror _mirror;
    private readonly Verdict _verdict;

    public DaemonCheck(Mirror mirror, Verdict verdict)
    {
        (_mirror, _verdict) = (mirror, verdict);
        mirror.Pods.Changed += PodChanged;
    }

    private void PodChanged(Pod? old, Pod? next)
    {
        if (old is not null || next is null || Mirror.ControllerUid(next.Metadata) is not { Length: > 0 } owner
            || !_mirror.DaemonSets.Items.Any(set => set.Metadata.Uid == owner))
        {
            return;
        }

        var node = Mirror.TargetNode(next);
        var count = _mirror.PodsOf(owner).Count(pod => Mirror.IsActive(pod) && Mirror.TargetNode(pod) == node);
        if (count > 1)
        {
            _verdict.Break(
                Finding.TwoDaemons, $"{count} pods of one daemon set are on node {node}, by pod {next.Metadata.Name}");
        }
    }
}
