using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>What is taken from nodes that do not give it back.</summary>
internal sealed partial class AttachDetachController
{
    /// <summary>
    /// A node that is gone may run on as a machine: what it used, or may have used, it has for as long as a silent one.
    /// </summary>
    private async Task<ReconcileResult> LeaveAsync(
        string node, List<WantedVolume> wanted, IReadOnlyList<VolumeAttachment> there, CancellationToken cancel)
    {
        var kept = wanted.Select(item => AttachmentPlan.NameOf(item.Volume, node)).ToHashSet(StringComparer.Ordinal);
        var left = there
            .Where(item => item.Metadata.DeletionTimestamp is null && !kept.Contains(item.Metadata.Name)).ToList();
        _waits.Keep(node, left.Select(static item => item.Metadata.Name).ToHashSet(StringComparer.Ordinal));
        TimeSpan? soonest = null;
        foreach (var item in left)
        {
            var isUsed = !_inUseAtEnd.TryGetValue(node, out var inUse)
                || inUse.Contains(AttachmentPlan.UniqueName(item, FindVolume));
            var wait = _waits.Left(node, item.Metadata.Name, _context.Now);
            if (!isUsed || wait <= TimeSpan.Zero)
            {
                await DetachAsync(item, isUsed ? AttachmentMetrics.Timeout : "", cancel);
            }
            else if (!(soonest < wait))
            {
                soonest = wait;
            }
        }

        return soonest is { } after ? ReconcileResult.Again(after) : ReconcileResult.Done;
    }

    /// <summary>
    /// What a node has kept for too long while it was not ready, or keeps though it is off, and why it is taken; when
    /// to look again.
    /// </summary>
    private (List<(VolumeAttachment Item, string Why)> Forced, TimeSpan? Soonest) Overdue(
        Node node, ValueList<VolumeAttachment> kept)
    {
        var name = node.Metadata.Name;
        _waits.Keep(name, kept.Select(static item => item.Metadata.Name).ToHashSet(StringComparer.Ordinal));
        TimeSpan? soonest = null;
        var forced = new List<(VolumeAttachment, string)>();
        foreach (var item in kept)
        {
            var left = _waits.Left(name, item.Metadata.Name, _context.Now);
            if (left <= TimeSpan.Zero && !NodeHealth.IsReady(node))
            {
                forced.Add((item, AttachmentMetrics.Timeout));
            }
            else if (IsOutOfService(node))
            {
                forced.Add((item, AttachmentMetrics.OutOfService));
            }
            else if (left > TimeSpan.Zero && !(soonest < left))
            {
                soonest = left;
            }
        }

        return (forced, soonest);
    }

    /// <summary>An administrator says that the node is off (KEP-2268).</summary>
    private static bool IsOutOfService(Node node) =>
        node.Spec.Taints.Any(static taint => taint.Key == "node.kubernetes.io/out-of-service");

    /// <param name="item">What is to be detached.</param>
    /// <param name="forced">Why it is though the node may use it; empty: the node does not.</param>
    private async Task DetachAsync(VolumeAttachment item, string forced, CancellationToken cancel)
    {
        try
        {
            await _context.Client.DeleteAsync<VolumeAttachment>("", item.Metadata.Name, null, cancel);
            if (forced.Length > 0)
            {
                _metrics.Forced(forced);
            }
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            // Gone already.
        }
    }
}
