using Netes.Api.Core;

namespace Netes.Simulation.Checks;

/// <summary>A pod is bound once and for all, and no node gets more than it has.</summary>
internal sealed class PlacementCheck
{
    private readonly Mirror _mirror;
    private readonly Verdict _verdict;

    public PlacementCheck(Mirror mirror, Verdict verdict)
    {
        (_mirror, _verdict) = (mirror, verdict);
        mirror.Pods.Changed += PodChanged;
    }

    private void PodChanged(Pod? old, Pod? next)
    {
        if (next is null || next.Spec.NodeName.Length == 0)
        {
            return;
        }

        if (old is not null && old.Metadata.Uid == next.Metadata.Uid && old.Spec.NodeName == next.Spec.NodeName)
        {
            return;
        }

        if (old is not null && old.Metadata.Uid == next.Metadata.Uid && old.Spec.NodeName.Length > 0)
        {
            _verdict.Break(Finding.BoundTwice, $"pod {next.Metadata.Name} was bound to {old.Spec.NodeName} and then to "
                + next.Spec.NodeName);
        }

        CheckRoom(next.Spec.NodeName);
    }

    private void CheckRoom(string name)
    {
        if (_mirror.Nodes.Find(name) is not { } node)
        {
            return;
        }

        var pods = _mirror.Pods.Items
            .Where(pod => pod.Spec.NodeName == name && pod.Status.Phase is not (PodPhase.Succeeded or PodPhase.Failed))
            .ToList();
        var cpu = pods.Sum(pod => pod.Spec.Containers.Sum(container =>
            container.Resources.Requests.TryGetValue("cpu", out var amount) ? amount.MilliValue : 0));
        if (pods.Count > node.Status.Allocatable["pods"].Value || cpu > node.Status.Allocatable["cpu"].MilliValue)
        {
            _verdict.Break(
                Finding.NodeTooFull, $"node {name} has {pods.Count} pods that ask for {cpu}m of CPU, more than it has");
        }
    }
}
