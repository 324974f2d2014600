using Netes.Api.Batch;
using Netes.Api.Core;

namespace Netes.Simulation.Checks;

/// <summary>
/// Each pod of a job that has ended counts exactly once, at every write: it is noted in the job's status before its
/// finalizer goes, the count grows by what leaves the note, and nothing is noted twice.
/// </summary>
internal sealed class JobCheck
{
    private const string Finalizer = "batch.kubernetes.io/job-tracking";
    private const string Index = "batch.kubernetes.io/job-completion-index";

    private readonly Mirror _mirror;
    private readonly Verdict _verdict;
    private readonly HashSet<string> _counted = new(StringComparer.Ordinal);

    public JobCheck(Mirror mirror, Verdict verdict)
    {
        (_mirror, _verdict) = (mirror, verdict);
        mirror.Jobs.Changed += JobChanged;
        mirror.Pods.Changed += PodChanged;
    }

    private void JobChanged(Job? old, Job? next)
    {
        if (next is null)
        {
            return;
        }

        var before = old?.Metadata.Uid == next.Metadata.Uid ? old!.Status : JobStatus.Empty;
        var (was, now) = (before.UncountedTerminatedPods ?? UncountedTerminatedPods.Empty,
            next.Status.UncountedTerminatedPods ?? UncountedTerminatedPods.Empty);
        var name = next.Metadata.Name;
        Compare(name, "failed", next.Status.Failed - before.Failed, was.Failed, now.Failed);
        if (next.Spec.CompletionMode != CompletionMode.Indexed)
        {
            Compare(name, "succeeded", next.Status.Succeeded - before.Succeeded, was.Succeeded, now.Succeeded);
        }
        else if (next.Status.Succeeded != Indexes(next.Status.CompletedIndexes).Count)
        {
            _verdict.Break(
                Finding.IndexesMiscounted,
                $"job {name} counted {next.Status.Succeeded} pods for {next.Status.CompletedIndexes}");
        }

        if (next.Status.CompletionTime is not null && before.CompletionTime is null
            && next.Status.Succeeded < next.Spec.Completions)
        {
            _verdict.Break(
                Finding.CompleteTooEarly, $"job {name} is complete and has counted {next.Status.Succeeded} pods only");
        }
    }

    private void Compare(
        string name, string what, int grown, Netes.Api.ValueList<string> was, Netes.Api.ValueList<string> now)
    {
        var left = was.Where(uid => !now.Contains(uid)).ToList();
        if (grown != left.Count)
        {
            _verdict.Break(
                Finding.CountedTwice,
                $"job {name} counted {grown} more {what} pods, and {left.Count} were to be counted");
        }

        _counted.UnionWith(left);
        if (now.FirstOrDefault(_counted.Contains) is { } twice)
        {
            _verdict.Break(Finding.NotedTwice, $"job {name} notes pod {twice}, which it counted before");
        }
    }

    private void PodChanged(Pod? old, Pod? next)
    {
        if (old is null || !old.Metadata.Finalizers.Contains(Finalizer)
            || (next is not null && next.Metadata.Finalizers.Contains(Finalizer))
            || old.Status.Phase is not (PodPhase.Succeeded or PodPhase.Failed)
            || _mirror.Jobs.Items.FirstOrDefault(job => job.Metadata.Uid == Mirror.ControllerUid(old.Metadata))
                is not { Metadata.DeletionTimestamp: null } job
            || IsNoted(job, old) || IsEnded(job))
        {
            return;
        }

        _verdict.Break(
            Finding.NeverCounted,
            $"pod {old.Metadata.Name} {old.Status.Phase} and job {job.Metadata.Name} never counted it");
    }

    private static bool IsNoted(Job job, Pod pod)
    {
        var (uid, noted) = (pod.Metadata.Uid, job.Status.UncountedTerminatedPods ?? UncountedTerminatedPods.Empty);
        return noted.Succeeded.Contains(uid) || noted.Failed.Contains(uid)
            || (pod.Status.Phase == PodPhase.Succeeded && job.Spec.CompletionMode == CompletionMode.Indexed
                && Indexes(job.Status.CompletedIndexes).Contains(pod.Metadata.Annotations.Get(Index, "")));
    }

    private static bool IsEnded(Job job) => job.Status.Conditions.Any(condition =>
        condition.Type is JobConditionType.Complete or JobConditionType.Failed);

    private static HashSet<string> Indexes(string text)
    {
        HashSet<string> indexes = new(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var limits = part.Split('-');
            var culture = System.Globalization.CultureInfo.InvariantCulture;
            for (var index = int.Parse(limits[0], culture); index <= int.Parse(limits[^1], culture); index++)
            {
                indexes.Add(index.ToString(culture));
            }
        }

        return indexes;
    }
}
