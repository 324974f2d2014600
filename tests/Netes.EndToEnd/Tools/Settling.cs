using System.Text.Json;

namespace Netes.EndToEnd.Tools;

/// <summary>Waits until controllers have written all that there is to write about an object.</summary>
internal static class Settling
{
    private static readonly string[] Counts = ["replicas", "readyReplicas", "availableReplicas"];

    /// <summary>
    /// The rollout is complete, and the Deployment's status is the sum of those of its sets, each for what is asked
    /// now: nobody has a reason to write to it.
    /// </summary>
    public static Task SettledAsync(this Kubectl kubectl, string deployment) => Eventually.Async(
        $"deployment {deployment} to be settled",
        () => kubectl.OutputAsync("get", "deployments,replicasets", "-o", "json"),
        text =>
        {
            using var list = JsonDocument.Parse(text);
            var items = list.RootElement.GetProperty("items").EnumerateArray().ToList();
            return IsSettled(
                items.Single(item => Is(item, "Deployment") && Name(item.GetProperty("metadata")) == deployment),
                [.. items.Where(item => Is(item, "ReplicaSet") && IsOf(item, deployment))]);
        });

    // The deployment was read before its sets.
    private static bool IsSettled(JsonElement deployment, IReadOnlyList<JsonElement> sets) =>
        sets.Count > 0 && sets.Append(deployment).All(IsObserved) && IsComplete(deployment)
        && Counts.All(count => Count(deployment, count) == sets.Sum(set => Count(set, count)))
        && Ending(deployment) == (sets.Any(set => Ending(set) is null) ? null : sets.Sum(Ending));

    private static bool IsObserved(JsonElement item) =>
        Count(item, "observedGeneration") == item.GetProperty("metadata").GetProperty("generation").GetInt64();

    private static bool IsComplete(JsonElement deployment) =>
        deployment.GetProperty("spec").GetProperty("replicas").GetInt64() is var wanted
        && Count(deployment, "availableReplicas") == wanted && Count(deployment, "updatedReplicas") == wanted
        && deployment.GetProperty("status").TryGetProperty("conditions", out var conditions)
        && conditions.EnumerateArray().Any(
            condition => condition.GetProperty("reason").GetString() == "NewReplicaSetAvailable");

    private static bool Is(JsonElement item, string kind) => item.GetProperty("kind").GetString() == kind;

    private static bool IsOf(JsonElement set, string deployment) =>
        set.GetProperty("metadata").TryGetProperty("ownerReferences", out var owners)
        && owners.EnumerateArray().Any(owner => Name(owner) == deployment);

    private static string? Name(JsonElement item) => item.GetProperty("name").GetString();

    private static long Count(JsonElement item, string name) => Number(item, name) ?? 0;

    // Not known before the set's controller has counted.
    private static long? Ending(JsonElement item) => Number(item, "terminatingReplicas");

    private static long? Number(JsonElement item, string name) =>
        item.TryGetProperty("status", out var status) && status.TryGetProperty(name, out var value)
            ? value.GetInt64()
            : null;
}
