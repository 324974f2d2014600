using System.Globalization;
using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.Api.Policy;
using Netes.Client;
using Netes.Simulation.Checks;

namespace Netes.Simulation.World;

/// <summary>
/// What people have done beside their applications: jobs, disruption budgets, and pods that make room.
/// </summary>
/// <param name="client">In their name.</param>
/// <param name="mirror">What they see.</param>
/// <param name="random">What they decide.</param>
/// <param name="losses">Pods are evicted, too; a rollout does not count on that.</param>
internal sealed class Errands(KubernetesClient client, Mirror mirror, Random random, bool losses)
{
    private const int MaxJobs = 3;
    private int _names;

    public Task ActAsync(CancellationToken cancel)
    {
        var running = mirror.Jobs.Items.Count(job =>
            job.Status.CompletionTime is null && job.Metadata.OwnerReferences.IsEmpty);
        return random.Next(3) switch
        {
            0 when running < MaxJobs => SubmitAsync(cancel),
            2 when losses => EvictAsync(cancel),
            _ => GuardAsync(cancel),
        };
    }

    /// <summary>Jobs of one pod or several, some with indexes and limits of their own, some that expire.</summary>
    private async Task SubmitAsync(CancellationToken cancel)
    {
        var indexed = random.Next(2) == 0;
        await client.CreateAsync(
            new Job
            {
                Metadata = new()
                {
                    Namespace = "default", Name = string.Create(CultureInfo.InvariantCulture, $"job{_names++}"),
                },
                Spec = new()
                {
                    Completions = random.Next(1, 6),
                    Parallelism = random.Next(1, 4),
                    CompletionMode = indexed ? CompletionMode.Indexed : CompletionMode.NonIndexed,
                    BackoffLimitPerIndex = indexed && random.Next(2) == 0 ? 1000 : null,
                    BackoffLimit = 1000,
                    PodReplacementPolicy = random.Next(2) == 0 ? PodReplacementPolicy.Failed : null,
                    TTLSecondsAfterFinished = random.Next(2) == 0 ? 120 : null,
                    Template = new()
                    {
                        Spec = new()
                        {
                            RestartPolicy = RestartPolicy.Never,
                            TerminationGracePeriodSeconds = 5,
                            Containers = [new Container { Name = "main", Image = "work:1" }],
                        },
                    },
                },
            },
            cancel);
    }

    /// <summary>A deployment gets a budget.</summary>
    private async Task GuardAsync(CancellationToken cancel)
    {
        if (One(mirror.Deployments.Items) is not { } deployment)
        {
            return;
        }

        var share = random.Next(2) == 0;
        await client.CreateAsync(
            new PodDisruptionBudget
            {
                Metadata = new() { Namespace = "default", Name = deployment.Metadata.Name },
                Spec = new()
                {
                    MinAvailable = share ? null : random.Next(1, 3),
                    MaxUnavailable = share ? (IntOrString)"34%" : (IntOrString?)null,
                    Selector = deployment.Spec.Selector,
                },
            },
            cancel);
    }

    private async Task EvictAsync(CancellationToken cancel)
    {
        if (One(mirror.Pods.Items.Where(Mirror.IsReady)) is { } pod)
        {
            await client.EvictAsync(
                new Eviction { Metadata = new() { Namespace = pod.Metadata.Namespace, Name = pod.Metadata.Name } },
                cancel);
        }
    }

    private T? One<T>(IEnumerable<T> items)
        where T : class
    {
        var list = items.ToList();
        return list.Count == 0 ? null : list[random.Next(list.Count)];
    }
}
