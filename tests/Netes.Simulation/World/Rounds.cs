using System.Globalization;
using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;
using Netes.Simulation.Checks;
using Patch = Netes.Client.Patch;

namespace Netes.Simulation.World;

/// <summary>What people have done again and again: cron jobs, with other schedules and policies in time.</summary>
/// <param name="client">In their name.</param>
/// <param name="mirror">What they see.</param>
/// <param name="time">The clock.</param>
/// <param name="random">What they decide.</param>
internal sealed class Rounds(KubernetesClient client, Mirror mirror, TimeProvider time, Random random)
{
    private const string Namespace = "default";
    private const int MaxCrons = 2;

    // Who looks again after hours would find thousands of jobs.
    private static readonly TimeSpan LongestFrequent = TimeSpan.FromMinutes(12);


    private static readonly string[] Policies =
        [ConcurrencyPolicy.Allow, ConcurrencyPolicy.Forbid, ConcurrencyPolicy.Replace];

    private int _names;

    public Task ActAsync(CancellationToken cancel)
    {
        var crons = mirror.Crons.Items.Where(cron => cron.Metadata.DeletionTimestamp is null).ToList();
        if (crons.Count == 0 || (crons.Count < MaxCrons && random.Next(2) == 0))
        {
            return CreateAsync(cancel);
        }

        var cron = crons[random.Next(crons.Count)];
        return random.Next(16) switch
        {
            < 2 => PatchAsync(cron, $$"""{"suspend":{{(cron.Spec.Suspend == true ? "false" : "true")}} }""", cancel),
            < 3 => PatchAsync(cron, $$"""{"concurrencyPolicy":"{{One(Policies)}}"}""", cancel),
            < 4 => PatchAsync(cron, $$"""{"schedule":"{{One(Timetable.Rare)}}"}""", cancel),
            < 5 => PatchAsync(cron, $$"""{"timeZone":{{(One(Timetable.Zones) is { } zone ? $"\"{zone}\"" : "null")}} }""",
                cancel),
            < 6 => PatchAsync(cron, $$"""{"successfulJobsHistoryLimit":{{random.Next(3)}} }""", cancel),
            < 7 => client.DeleteAsync<CronJob>(
                Namespace, cron.Metadata.Name,
                new DeleteOptions
                {
                    PropagationPolicy = random.Next(2) == 0
                        ? DeletionPropagation.Background
                        : DeletionPropagation.Foreground,
                },
                cancel),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>What was frequent for a while becomes rare; false: nothing was.</summary>
    public async Task<bool> CalmAsync(CancellationToken cancel)
    {
        if (mirror.Crons.Items.FirstOrDefault(cron => cron.Metadata.DeletionTimestamp is null
            && Timetable.Frequent.Contains(cron.Spec.Schedule)
            && time.GetUtcNow() - cron.Metadata.CreationTimestamp!.Value.ToDateTimeOffset() > LongestFrequent)
            is not { } cron)
        {
            return false;
        }

        await PatchAsync(cron, $$"""{"schedule":"{{One(Timetable.Rare)}}"}""", cancel);
        return true;
    }

    /// <summary>In the end nothing is done again.</summary>
    public async Task SettleAsync(CancellationToken cancel)
    {
        foreach (var cron in mirror.Crons.Items.Where(cron => cron.Spec.Suspend != true).ToList())
        {
            await PatchAsync(cron, """{"suspend":true}""", cancel);
        }
    }

    private T One<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private Task PatchAsync(CronJob cron, string spec, CancellationToken cancel) => client.PatchAsync<CronJob>(
        Namespace, cron.Metadata.Name, Patch.Merge($$"""{"spec":{{spec}} }"""), "", cancel);

    /// <summary>Some runs take longer than a minute, some give up.</summary>
    private Task CreateAsync(CancellationToken cancel) => client.CreateAsync(
        new CronJob
        {
            Metadata = new()
            {
                Namespace = Namespace, Name = string.Create(CultureInfo.InvariantCulture, $"round{_names++}"),
            },
            Spec = new()
            {
                Schedule = random.Next(3) == 0 ? One(Timetable.Rare) : One(Timetable.Frequent),
                TimeZone = One(Timetable.Zones),
                ConcurrencyPolicy = One(Policies),
                StartingDeadlineSeconds = random.Next(2) == 0 ? 40 : null,
                SuccessfulJobsHistoryLimit = random.Next(3),
                FailedJobsHistoryLimit = random.Next(3),
                JobTemplate = new()
                {
                    Spec = new()
                    {
                        Completions = random.Next(3) == 0 ? 1 : 7,
                        Parallelism = 1,
                        BackoffLimit = random.Next(2) == 0 ? 0 : 1000,
                        Template = new()
                        {
                            Spec = new()
                            {
                                RestartPolicy = RestartPolicy.Never,
                                TerminationGracePeriodSeconds = 5,
                                Containers = [new Container { Name = "main", Image = "round:1" }],
                            },
                        },
                    },
                },
            },
        },
        cancel);
}
