using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.Simulation.World;

namespace Netes.Simulation.Checks;

/// <summary>What must be true of cron jobs and of replication controllers in the end.</summary>
internal static partial class ConvergenceCheck
{
    private static IEnumerable<Gap?> Rounds(Mirror mirror) =>
        mirror.Crons.Items.Select(cron => Missing(mirror, cron));

    /// <summary>No run is active, since people have suspended all; the history is as long as it may be.</summary>
    private static Gap? Missing(Mirror mirror, CronJob cron)
    {
        var jobs = mirror.Jobs.Items.Where(job => Mirror.ControllerUid(job.Metadata) == cron.Metadata.Uid).ToList();
        var failed = jobs.Count(IsFailedRun);
        return jobs.Count - failed > (cron.Spec.SuccessfulJobsHistoryLimit ?? 3)
                || failed > (cron.Spec.FailedJobsHistoryLimit ?? 1)
                ? new(
                    Finding.RunsKept, $"cron job {cron.Metadata.Name} keeps {jobs.Count} jobs, {failed} of them failed")
            : !cron.Status.Active.IsEmpty
                ? new(Finding.RunsActive, $"cron job {cron.Metadata.Name} tells of runs that are over: {cron.Status}")
            : null;
    }

    /// <summary>Only those of cron jobs may give up.</summary>
    private static bool IsFailedRun(Job job) =>
        job.Metadata.OwnerReferences.Any(static owner => owner.Kind == "CronJob")
        && job.Status.Conditions.Any(static condition =>
            condition is { Type: JobConditionType.Failed, Status: "True" });

    private static IEnumerable<Gap?> Troops(Mirror mirror) =>
        mirror.Controllers.Items.Select(controller => Missing(mirror, controller))
            .Concat(mirror.Pods.Items.Where(Mirror.IsActive).Select(pod => Belonging(mirror, pod)));

    private static Gap? Missing(Mirror mirror, ReplicationController controller)
    {
        var pods = mirror.PodsOf(controller.Metadata.Uid).Where(IsAlive).ToList();
        var (name, wanted, status) = (controller.Metadata.Name, controller.Spec.Replicas ?? 1, controller.Status);
        return pods.Count != wanted
                ? new(Finding.TroopMiscounts, $"replication controller {name} has {pods.Count} pods and wants {wanted}")
            : status.Replicas != wanted || status.ReadyReplicas != wanted || status.AvailableReplicas != wanted
                || status.ObservedGeneration != controller.Metadata.Generation
                ? new(Finding.TroopStatus, $"replication controller {name} does not tell what it has: {status}")
            : null;
    }

    /// <summary>Pods that are selected are owned, and no others.</summary>
    private static Gap? Belonging(Mirror mirror, Pod pod)
    {
        var (name, owner) = (pod.Metadata.Name, Mirror.ControllerUid(pod.Metadata));
        var isSelected = pod.Metadata.Labels.Get("app", "") == World.Troops.Guard;
        return isSelected && owner.Length == 0 ? new(Finding.NotAdopted, $"pod {name} has no owner")
            : !isSelected && mirror.Controllers.Items.Any(controller => controller.Metadata.Uid == owner)
                ? new(Finding.NotReleased, $"pod {name} has an owner that does not select it")
            : null;
    }
}
