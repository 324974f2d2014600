using Netes.Api.Core;
using Netes.Api.Storage;

namespace Netes.Simulation.Checks;

/// <summary>
/// A volume for one node is attached to one at a time. Where nodes do not fall silent it is also detached only when
/// nothing that runs there uses it.
/// </summary>
internal sealed class AttachmentCheck
{
    private readonly Mirror _mirror;
    private readonly Verdict _verdict;
    private readonly bool _nodesLive;

    // By the uids of pods that run: their node and their disks.
    private readonly Dictionary<string, (string Node, List<string> Disks)> _running = new(StringComparer.Ordinal);

    public AttachmentCheck(Mirror mirror, Verdict verdict, bool nodesLive)
    {
        (_mirror, _verdict, _nodesLive) = (mirror, verdict, nodesLive);
        mirror.Attachments.Changed += AttachmentChanged;
    }

    /// <summary>A node starts the pod's containers.</summary>
    public void Started(Pod pod, List<string> disks) =>
        _running[pod.Metadata.Uid] = (pod.Spec.NodeName, disks);

    /// <summary>Its containers have ended.</summary>
    public void Ended(Pod pod) => _running.Remove(pod.Metadata.Uid);

    private void AttachmentChanged(VolumeAttachment? old, VolumeAttachment? next)
    {
        var (node, disk) = ((next ?? old)!.Spec.NodeName, (next ?? old)!.Spec.Source.PersistentVolumeName ?? "");
        if (old is null)
        {
            var other = _mirror.Attachments.Items.FirstOrDefault(item =>
                item.Spec.Source.PersistentVolumeName == disk && item.Spec.NodeName != node);
            if (other is not null)
            {
                _verdict.Break(
                    Finding.AttachedTwice, $"disk {disk} is attached to {node}, and {other.Spec.NodeName} has it");
            }
        }
        else if (next is null && _nodesLive
            && _running.Values.Any(pod => pod.Node == node && pod.Disks.Contains(disk)))
        {
            _verdict.Break(Finding.DetachedInUse, $"disk {disk} was detached from {node}, where a pod uses it");
        }
    }
}
