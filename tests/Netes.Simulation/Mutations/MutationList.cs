using Netes.Client;
using Netes.Simulation.Checks;
using Netes.Simulation.World;

namespace Netes.Simulation.Mutations;

/// <summary>Everything that is broken on purpose: each must be found, or a checker checks nothing.</summary>
internal static partial class MutationList
{
    public static IReadOnlyList<Mutation> All => 
        [.. Workloads, .. Pods, .. Runs, .. Storage, .. Devices, .. Administration, .. Offices];

    private static IReadOnlyList<Mutation> Workloads { get; } =
    [
        new("one-node", Finding.NodeTooFull)
        {
            Seed = 4,
            Program = "scheduler",
            Transport = inner => new AlteredTransport(inner, Requests.IsBinding, (_, binding) =>
                binding["target"]!["name"] = "node-0"),
        },
        new("twins", Finding.TooManyPods)
        {
            Program = "controllers",
            Transport = inner => new DoubledTransport(inner, request => Requests.IsPodOf(request, "ReplicaSet")),
        },
        new("hasty-rollout", Finding.BelowFloor)
        {
            Program = "controllers",
            Transport = inner => new ResizingTransport(inner, (before, wanted) => wanted < before ? 0 : wanted),
        },
        new("greedy-rollout", Finding.AboveCeiling)
        {
            Program = "controllers",
            Transport = inner =>
                new ResizingTransport(inner, (before, wanted) => wanted > before ? wanted + 5 : wanted),
        },
        new("counted-twice", Finding.CountedTwice)
        {
            Program = "controllers",
            Transport = inner => new AlteredTransport(inner, request => Requests.IsStatusOf(request, "jobs"),
                (_, job) => job["status"]!["failed"] = 1 + ((int?)job["status"]!["failed"] ?? 0)),
        },
        new("generous-budget", Finding.BudgetTooGenerous)
        {
            Program = "controllers",
            Transport = inner => new AlteredTransport(
                inner, request => Requests.IsStatusOf(request, "poddisruptionbudgets"),
                (_, budget) => budget["status"]!["disruptionsAllowed"] = 7),
        },
        // Orphans stay, and so do deployments that wait for their sets: whichever is seen first.
        new("idle-collector", Finding.OwnerGone)
        {
            Seed = 1,
            Instead = [Finding.StillDeleting, Finding.RolloutMiscounts, Finding.SetMiscounts],
            // The collector deletes under a condition; the history of deployments goes without.
            Program = "controllers",
            Transport = inner => new SilencedTransport(inner, request => request.Method == HttpMethod.Delete
                && Requests.IsAbout(request, "replicasets") && !request.Body.IsEmpty),
        },
        new("greedy-collector", Finding.TakenWithOwner)
        {
            // After a crash it sees pods before their sets, and asks the server for these.
            Program = "controllers",
            Transport = inner => new BlindTransport(inner, request => request.Method == HttpMethod.Get
                && Requests.IsAbout(request, "replicasets")),
        },
        new("old-endpoints", Finding.SlicesDiffer)
        {
            Program = "controllers",
            Transport = inner => new SilencedTransport(inner, request => request.Method == HttpMethod.Put
                && Requests.IsAbout(request, "endpointslices")),
        },
        new("pods-without-grace", Finding.IdentityTwice)
        {
            Seed = 6,
            Program = "controllers",
            Transport = inner => new AlteredTransport(
                inner,
                request => request.Method == HttpMethod.Delete && Requests.IsAbout(request, "pods")
                    && !request.Body.IsEmpty,
                (_, options) => options["gracePeriodSeconds"] = 0),
        },
        // What the server counts when pods are created; what the controller counts anew would put it right.
        new("blind-quota", Finding.OverQuota)
        {
            Program = "controllers",
            Transport = inner => new SilencedTransport(inner, request => request.Method == HttpMethod.Put
                && Requests.Path(request).Contains("/resourcequotas/", StringComparison.Ordinal)),
            Store = inner => new ForgetfulStore(inner, "/registry/resourcequotas/", 1),
        },
        new("lost-event", Finding.WrongEvent)
        {
            Program = "auditor",
            Transport = inner =>
            {
                var events = 0;
                return new DeafTransport(inner, _ => ++events % 10 != 0);
            },
        },
        new("forgotten-write", Finding.WriteForgotten)
        {
            Store = inner => new ForgetfulStore(inner, "/registry/pods/", 7),
        },
    ];

    public static Mutation Find(string name) => All.Single(mutation => mutation.Name == name);
}
