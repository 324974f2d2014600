using System.Text.Json.Nodes;
using Netes.Client;
using Netes.Simulation.Checks;
using Netes.Simulation.World;

namespace Netes.Simulation.Mutations;

/// <summary>What is broken about pods, the store, watches and rest.</summary>
internal static partial class MutationList
{
    private static IReadOnlyList<Mutation> Pods { get; } =
    [
        new("twin-guards", Finding.TooManyPods)
        {
            Room = Room.Troops,
            Program = "controllers",
            Transport = inner => new DoubledTransport(
                inner, request => Requests.IsPodOf(request, "ReplicationController")),
        },
        new("twin-daemons", Finding.TwoDaemons)
        {
            Program = "controllers",
            Transport = inner => new DoubledTransport(inner, request => Requests.IsPodOf(request, "DaemonSet")),
        },
        new("moved-pod", Finding.BoundTwice)
        {
            Store = inner => new EditingStore(inner, "/registry/pods/", static pod =>
                (string?)pod["status"]?["phase"] == "Running" && (string?)pod["spec"]!["nodeName"] == "node-0"
                && Set(pod["spec"]!, "nodeName", "node-1")),
        },
        new("old-revisions", Finding.RevisionsGoBack) { Beneath = inner => new AgingStore(inner, 500) },
        new("only-bookmarks", Finding.BookmarkTooEarly)
        {
            Program = "auditor",
            Transport = inner => new DeafTransport(
                inner, static line => line.Contains("BOOKMARK", StringComparison.Ordinal)),
        },
        new("restless-nodes", Finding.Restless)
        {
            Program = "node-*",
            Transport = inner => new ExtraTransport(
                inner, request => request.Method == HttpMethod.Put && Requests.IsAbout(request, "leases"),
                request => request with
                {
                    Method = HttpMethod.Patch,
                    PathAndQuery = $"/api/v1/nodes/{Requests.Path(request).Split('/')[^1]}",
                    ContentType = MediaTypes.MergePatch,
                    Body = """{"metadata":{"annotations":{"example.com/seen":"yes"}}}"""u8.ToArray(),
                }),
        },
    ];

    /// <summary>True: to be written so.</summary>
    private static bool Set(JsonNode value, string field, JsonNode? next)
    {
        value[field] = next;
        return true;
    }

    private static ApiRequest Deletion(string path) => new(HttpMethod.Delete, path);

    /// <summary>Binds a pod to the first node.</summary>
    private static ApiRequest Binding(ApiRequest request, string pod) => request with
    {
        Method = HttpMethod.Post,
        PathAndQuery = $"{pod}/binding",
        ContentType = MediaTypes.Json,
        Body = System.Text.Encoding.UTF8.GetBytes($$"""
            {"apiVersion":"v1","kind":"Binding","metadata":{"name":"{{pod.Split('/')[^1]}}"},
             "target":{"kind":"Node","name":"node-0"} }
            """),
    };
}
