using Netes.Client;

namespace Netes.Simulation.Mutations;

/// <summary>Everything that is broken on purpose: each must be found, or a checker checks nothing.</summary>
internal static partial class MutationList
{
    public static IReadOnlyList<Mutation> All => [.. Workloads, .. Storage, .. Devices, .. Administration];

    private static IReadOnlyList<Mutation> Workloads { get; } =
    [
        new("one-node", "more than it has")
        {
            Program = "scheduler",
            Transport = inner => new AlteredTransport(inner, Requests.IsBinding, (_, binding) =>
                binding["target"]!["name"] = "node-0"),
        },
        new("twins", " pods ")
        {
            Program = "controllers",
            Transport = inner => new DoubledTransport(inner, Requests.IsPodCreation),
        },
        new("hasty-rollout", "below its floor")
        {
            Program = "controllers",
            Transport = inner => new ResizingTransport(inner, (before, wanted) => wanted < before ? 0 : wanted),
        },
        new("greedy-rollout", "above its ceiling")
        {
            Program = "controllers",
            Transport = inner =>
                new ResizingTransport(inner, (before, wanted) => wanted > before ? wanted + 5 : wanted),
        },
        new("counted-twice", "were to be counted")
        {
            Program = "controllers",
            Transport = inner => new AlteredTransport(inner, request => Requests.IsStatusOf(request, "jobs"),
                (_, job) => job["status"]!["failed"] = 1 + ((int?)job["status"]!["failed"] ?? 0)),
        },
        new("generous-budget", "disruptions with")
        {
            Program = "controllers",
            Transport = inner => new AlteredTransport(
                inner, request => Requests.IsStatusOf(request, "poddisruptionbudgets"),
                (_, budget) => budget["status"]!["disruptionsAllowed"] = 7),
        },
        // Orphans stay, and so do deployments that wait for their sets: whichever is seen first.
        new("idle-collector", "after the last trouble")
        {
            Seed = 1,
            // The collector deletes under a condition; the history of deployments goes without.
            Program = "controllers",
            Transport = inner => new SilencedTransport(inner, request => request.Method == HttpMethod.Delete
                && Requests.IsAbout(request, "replicasets") && !request.Body.IsEmpty),
        },
        new("greedy-collector", "which was owned by")
        {
            // After a crash it sees pods before their sets, and asks the server for these.
            Program = "controllers",
            Transport = inner => new BlindTransport(inner, request => request.Method == HttpMethod.Get
                && Requests.IsAbout(request, "replicasets")),
        },
        new("old-endpoints", "of service")
        {
            Program = "controllers",
            Transport = inner => new SilencedTransport(inner, request => request.Method == HttpMethod.Put
                && Requests.IsAbout(request, "endpointslices")),
        },
        new("pods-without-grace", "still ran")
        {
            Program = "controllers",
            Transport = inner => new AlteredTransport(
                inner,
                request => request.Method == HttpMethod.Delete && Requests.IsAbout(request, "pods")
                    && !request.Body.IsEmpty,
                (_, options) => options["gracePeriodSeconds"] = 0),
        },
        // What the server counts when pods are created; what the controller counts anew would put it right.
        new("blind-quota", "over its quota")
        {
            Program = "controllers",
            Transport = inner => new SilencedTransport(inner, request => request.Method == HttpMethod.Put
                && Requests.Path(request).Contains("/resourcequotas/", StringComparison.Ordinal)),
            Store = inner => new ForgetfulStore(inner, "/registry/resourcequotas/", 1),
        },
        new("lost-event", "was to come")
        {
            Program = "auditor",
            Transport = inner => new DeafTransport(inner),
        },
        new("forgotten-write", "was acknowledged at revision")
        {
            Store = inner => new ForgetfulStore(inner, "/registry/pods/", 7),
        },
    ];

    public static Mutation Find(string name) => All.Single(mutation => mutation.Name == name);
}
