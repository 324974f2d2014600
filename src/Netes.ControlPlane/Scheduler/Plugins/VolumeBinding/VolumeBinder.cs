using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Writes what was decided about a pod's claims, and waits until the controller bound them.
/// Source: pkg/scheduler/framework/plugins/volumebinding/binder.go (AssumePodVolumes, BindPodVolumes).
/// </summary>
internal sealed class VolumeBinder(
    PluginContext context, AssumedObjects<PersistentVolume> volumes, AssumedObjects<PersistentVolumeClaim> claims)
{
    private readonly TimeSpan _bindTimeout =
        TimeSpan.FromSeconds(context.Arguments<VolumeBindingArgs>().BindTimeoutSeconds);

    private readonly VolumeChanges _changes = new(context.Informers);
    private readonly ObjectCache<Node> _nodes = context.Informers.Get<Node>().Cache;
    private readonly ObjectCache<Pod> _pods = context.Informers.Get<Pod>().Cache;

    /// <summary>From now on the volumes are taken, and the claims have their node.</summary>
    public PodVolumes Assume(PodVolumes found, string node)
    {
        var bindings = found.Bindings.Select(binding =>
            binding with { Volume = VolumeFacts.BoundTo(binding.Volume, binding.Claim) }).ToList();
        var provisions = found.Provisions.Select(claim =>
            VolumeFacts.Annotated(claim, VolumeFacts.SelectedNode, node)).ToList();
        bindings.ForEach(binding => volumes.Assume(binding.Volume));
        provisions.ForEach(claims.Assume);
        return new PodVolumes { Bindings = bindings, Provisions = provisions };
    }

    public void Revert(PodVolumes assumed)
    {
        foreach (var binding in assumed.Bindings)
        {
            volumes.Forget(ObjectKey.Of(binding.Volume));
        }

        foreach (var claim in assumed.Provisions)
        {
            claims.Forget(ObjectKey.Of(claim));
        }
    }

    /// <summary>Why it failed; empty: all is bound.</summary>
    public async Task<string> BindAsync(PodInfo pod, string node, PodVolumes assumed, CancellationToken cancel)
    {
        var written = await WriteAsync(assumed, cancel);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var timer = context.Time.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), limit, _bindTimeout,
            Timeout.InfiniteTimeSpan);
        try
        {
            while (true)
            {
                var next = _changes.Next;
                if (Check(pod, node, written) is { } outcome)
                {
                    return outcome;
                }

                await next.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return "context deadline exceeded";
        }
    }

    private async Task<PodVolumes> WriteAsync(PodVolumes assumed, CancellationToken cancel)
    {
        var (bindings, provisions) = (new List<StaticBinding>(), new List<PersistentVolumeClaim>());
        foreach (var binding in assumed.Bindings)
        {
            bindings.Add(binding with { Volume = await context.Client.UpdateAsync(binding.Volume, cancel) });
        }

        foreach (var claim in assumed.Provisions)
        {
            provisions.Add(await context.Client.UpdateAsync(claim, cancel));
        }

        return new PodVolumes { Bindings = bindings, Provisions = provisions };
    }

    /// <summary>Null: wait on. Empty: all is bound. Else why it never will be.</summary>
    private string? Check(PodInfo pod, string nodeName, PodVolumes written)
    {
        if (_pods.Get(pod.Key)?.Metadata.Uid != pod.Pod.Metadata.Uid)
        {
            return "pod does not exist any more";
        }

        if (_nodes.Get("", nodeName) is not { } node)
        {
            return $"failed to get node \"{nodeName}\": node \"{nodeName}\" not found";
        }

        var isWaiting = false;
        foreach (var binding in written.Bindings)
        {
            var outcome = Check(binding, node);
            isWaiting |= outcome is null;
            if (outcome is { Length: > 0 })
            {
                return outcome;
            }
        }

        foreach (var claim in written.Provisions)
        {
            var outcome = Check(claim, node);
            isWaiting |= outcome is null;
            if (outcome is { Length: > 0 })
            {
                return outcome;
            }
        }

        return isWaiting ? null : "";
    }

    private string? Check(StaticBinding binding, Node node)
    {
        if (volumes.Cache.Get(ObjectKey.Of(binding.Volume)) is not { } volume)
        {
            return $"failed to check binding: persistentvolume \"{binding.Volume.Metadata.Name}\" not found";
        }

        if (claims.Cache.Get(ObjectKey.Of(binding.Claim)) is not { } claim)
        {
            return $"failed to check binding: persistentvolumeclaim \"{binding.Claim.Metadata.Name}\" not found";
        }

        return Revision(volume) < Revision(binding.Volume) ? null
            : !VolumeFacts.FitsNode(volume, node) ? NodeConflict(volume, node)
            : volume.Spec.ClaimRef is not { Uid.Length: > 0 }
                ? $"ClaimRef got reset for pv \"{volume.Metadata.Name}\""
            : VolumeFacts.IsFullyBound(claim) ? "" : null;
    }

    private string? Check(PersistentVolumeClaim written, Node node)
    {
        if (claims.Cache.Get(ObjectKey.Of(written)) is not { } claim)
        {
            return $"failed to check provisioning pvc: persistentvolumeclaim \"{written.Metadata.Name}\" not found";
        }

        if (Revision(claim) < Revision(written))
        {
            return null;
        }

        if (claim.Metadata.Annotations.Get(VolumeFacts.SelectedNode) != node.Metadata.Name)
        {
            return $"provisioning failed for PVC \"{claim.Metadata.Name}\"";
        }

        if (claim.Spec.VolumeName.Length > 0)
        {
            // The cache of volumes may be behind that of claims.
            return volumes.Cache.Get("", claim.Spec.VolumeName) is not { } volume ? null
                : !VolumeFacts.FitsNode(volume, node) ? NodeConflict(volume, node)
                : VolumeFacts.IsFullyBound(claim) ? "" : null;
        }

        return null;
    }

    private static string NodeConflict(PersistentVolume volume, Node node) =>
        $"pv \"{volume.Metadata.Name}\" node affinity doesn't match node \"{node.Metadata.Name}\": "
        + "no matching NodeSelectorTerms";

    /// <summary>Revisions of one resource may be compared as numbers (KEP-5504).</summary>
    private static long Revision(IKubernetesObject value) => long.TryParse(
        value.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
