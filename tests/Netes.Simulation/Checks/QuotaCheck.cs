using Netes.Api.Core;

namespace Netes.Simulation.Checks;

/// <summary>A namespace with a quota never has more pods than that allows, whoever creates some.</summary>
internal sealed class QuotaCheck
{
    /// <summary>The namespace that has one.</summary>
    public const string Namespace = "narrow";

    /// <summary>So many pods.</summary>
    public const int Pods = 4;

    private readonly Mirror _mirror;
    private readonly Verdict _verdict;

    public QuotaCheck(Mirror mirror, Verdict verdict)
    {
        (_mirror, _verdict) = (mirror, verdict);
        mirror.Pods.Changed += PodChanged;
    }

    private void PodChanged(Pod? old, Pod? next)
    {
        if (old is null && next?.Metadata.Namespace == Namespace && Count(_mirror) > Pods)
        {
            _verdict.Break(
                Finding.OverQuota,
                $"namespace {Namespace} has {Count(_mirror)} pods, over its quota, by {next.Metadata.Name}");
        }
    }

    /// <summary>Pods that count.</summary>
    public static int Count(Mirror mirror) => mirror.Pods.Items.Count(pod =>
        pod.Metadata.Namespace == Namespace && Mirror.IsActive(pod));
}
