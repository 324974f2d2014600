using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Core;

namespace Netes.Tests.ControlPlane.Jobs;

/// <summary>Jobs and their pods, with what matters to the test alone.</summary>
internal static class JobObjects
{
    public static Job NewJob(string name = "work", int? completions = 1, int? parallelism = 1) => new()
    {
        Metadata = new() { Namespace = "default", Name = name },
        Spec = new()
        {
            Completions = completions,
            Parallelism = parallelism,
            Template = new()
            {
                Spec = new()
                {
                    RestartPolicy = RestartPolicy.Never,
                    NodeName = "n1",
                    Containers = [new Container { Name = "main", Image = "work:1" }],
                },
            },
        },
    };

    /// <summary>As the API server stores it.</summary>
    public static Job Stored(Job job) => job with
    {
        Metadata = job.Metadata with { Uid = "job-uid" },
        Spec = job.Spec with
        {
            Parallelism = job.Spec.Parallelism ?? 1,
            BackoffLimit = job.Spec.BackoffLimit ?? (job.Spec.BackoffLimitPerIndex is null ? 6 : int.MaxValue),
            CompletionMode = job.Spec.CompletionMode ?? CompletionMode.NonIndexed,
        },
    };

    public static Job Indexed(this Job job) =>
        job with { Spec = job.Spec with { CompletionMode = CompletionMode.Indexed } };

    /// <summary>A pod that the job made, with its finalizer.</summary>
    public static Pod JobPod(
        Job job, string name, string phase = PodPhase.Running, int index = Netes.ControlPlane.JobPods.NoIndex)
    {
        var pod = Netes.ControlPlane.JobPods.New(job, index, null);
        return pod with
        {
            Metadata = pod.Metadata with
            {
                Name = name,
                Uid = $"uid-{name}",
                CreationTimestamp = Timestamp.From(Objects.Now.AddSeconds(-60)),
            },
            Status = new() { Phase = phase },
        };
    }

    public static Pod EndedAt(this Pod pod, DateTimeOffset time, int exitCode = 1) => pod with
    {
        Status = pod.Status with
        {
            ContainerStatuses =
            [
                new ContainerStatus
                {
                    Name = "main",
                    State = new() { Terminated = new() { ExitCode = exitCode, FinishedAt = Timestamp.From(time) } },
                },
            ],
        },
    };

    public static Pod WithAnnotation(this Pod pod, string key, string value) => pod with
    {
        Metadata = pod.Metadata with { Annotations = pod.Metadata.Annotations.Set(key, value) },
    };

    public static JobCondition? Condition(Job job, string type) =>
        job.Status.Conditions.FirstOrDefault(condition => condition.Type == type);
}
