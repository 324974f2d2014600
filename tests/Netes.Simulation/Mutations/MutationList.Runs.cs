using System.Text.Json.Nodes;
using Netes.Client;
using Netes.Simulation.Checks;
using Netes.Simulation.World;

namespace Netes.Simulation.Mutations;

/// <summary>What is broken about jobs, cron jobs and disruption budgets.</summary>
internal static partial class MutationList
{
    private static IReadOnlyList<Mutation> Runs { get; } =
    [
        new("second-run", Finding.RanTwice)
        {
            Room = Room.Rounds,
            Program = "controllers",
            Transport = inner => new ExtraTransport(
                inner, request => Requests.IsCreationOf(request, "jobs"),
                request => Requests.Edited(request, job =>
                    Set(job["metadata"]!, "name", $"{job["metadata"]!["name"]}-again"))),
        },
        new("wrong-zone", Finding.RanAtOtherTime)
        {
            Seed = 9,
            Room = Room.Rounds,
            Program = "controllers",
            Transport = inner => new MisreadingTransport(inner, "Asia/Kathmandu", "Etc/UTC"),
        },
        new("restless-rounds", Finding.RanSuspended)
        {
            Room = Room.Rounds,
            Program = "controllers",
            Transport = inner => new MisreadingTransport(inner, "\"suspend\":true", "\"suspend\":false"),
        },
        new("loose-rounds", Finding.RanBesideOther)
        {
            Seed = 9,
            Room = Room.Rounds,
            Program = "controllers",
            Transport = inner => new MisreadingTransport(
                inner, "\"concurrencyPolicy\":\"Forbid\"", "\"concurrencyPolicy\":\"Allow\""),
        },
        new("crowded-rounds", Finding.KeptBesideOther)
        {
            Room = Room.Rounds,
            Program = "controllers",
            Transport = inner => new MisreadingTransport(
                inner, "\"concurrencyPolicy\":\"Replace\"", "\"concurrencyPolicy\":\"Allow\""),
        },
        new("counted-indexes", Finding.IndexesMiscounted)
        {
            Room = Room.Errands,
            Store = inner => new EditingStore(inner, "/registry/jobs/", static job =>
                job["status"]?["completedIndexes"] is not null && Set(job["status"]!, "succeeded", 77)),
        },
        new("early-end", Finding.CompleteTooEarly)
        {
            Room = Room.Rounds,
            Store = inner => new EditingStore(inner, "/registry/jobs/", static job =>
                job["status"]?["startTime"] is { } time && job["status"]!["completionTime"] is null
                && Set(job["status"]!, "completionTime", time.DeepClone())),
        },
        new("noted-again", Finding.NotedTwice)
        {
            Room = Room.Rounds,
            Store = inner =>
            {
                Dictionary<string, JsonNode> noted = new(StringComparer.Ordinal);
                HashSet<string> counted = new(StringComparer.Ordinal);
                return new EditingStore(inner, "/registry/jobs/", job =>
                {
                    var name = (string)job["metadata"]!["name"]!;
                    if (job["status"]?["uncountedTerminatedPods"] is JsonObject { Count: > 0 } now)
                    {
                        noted.TryAdd(name, now.DeepClone());
                        return false;
                    }

                    // With the first write without them they are counted.
                    return noted.TryGetValue(name, out var again) && !counted.Add(name)
                        && Set(job["status"]!, "uncountedTerminatedPods", again.DeepClone());
                });
            },
        },
        new("unnoted", Finding.NeverCounted)
        {
            Room = Room.Rounds,
            Store = inner => new EditingStore(inner, "/registry/jobs/", static job =>
                job["status"]?["uncountedTerminatedPods"] is not null
                && job["status"]!.AsObject().Remove("uncountedTerminatedPods")),
        },
        new("free-places", Finding.PlacesMiscounted)
        {
            Seed = 4,
            IsWild = true,
            Room = Room.Errands,
            Store = inner => new EditingStore(inner, "/registry/poddisruptionbudgets/", static budget =>
                budget["status"]?["disruptedPods"] is JsonObject { Count: > 0 }
                && Set(budget["status"]!, "disruptionsAllowed",
                    Math.Max(0, Number(budget, "currentHealthy") - Number(budget, "desiredHealthy")))),
        },
        new("unknown-places", Finding.EvictedWithoutPlace)
        {
            Seed = 4,
            IsWild = true,
            Room = Room.Errands,
            Store = inner => new EditingStore(inner, "/registry/poddisruptionbudgets/", static budget =>
                budget["status"]?["disruptedPods"] is not null
                && budget["status"]!.AsObject().Remove("disruptedPods")),
        },
    ];

    private static int Number(JsonNode value, string field) => (int?)value["status"]![field] ?? 0;
}
