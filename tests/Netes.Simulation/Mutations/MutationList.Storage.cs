using Netes.Client;
using Netes.Simulation.World;

namespace Netes.Simulation.Mutations;

/// <summary>What is broken about storage.</summary>
internal static partial class MutationList
{
    private static IReadOnlyList<Mutation> Storage { get; } =
    [
        new("unprotected-claims", "was let go while")
        {
            Room = Room.Stores,
            Program = "controllers",
            Transport = inner => new AlteredTransport(
                inner,
                request => request.Method == HttpMethod.Put && Requests.IsAbout(request, "persistentvolumeclaims"),
                (_, claim) => claim["metadata"]!.AsObject().Remove("finalizers")),
        },
        new("shared-volume", "has two claims")
        {
            Room = Room.Stores,
            Program = "controllers",
            Transport = inner => new AlteredTransport(
                inner,
                request => request.Method == HttpMethod.Put && Requests.IsAbout(request, "persistentvolumeclaims"),
                (_, claim) =>
                {
                    if (claim["spec"]!["volumeName"] is not null)
                    {
                        claim["spec"]!["volumeName"] = "disk-0";
                    }
                }),
        },
        new("lost-data", "the data of volume")
        {
            Room = Room.Stores,
            Program = "controllers",
            Transport = inner => new AlteredTransport(
                inner, request => Requests.IsStatusOf(request, "persistentvolumes"),
                (_, volume) => volume["status"]!["phase"] = "Released"),
        },
        new("claims-with-pods", "against its retention policy")
        {
            Seed = 4,
            Program = "controllers",
            Transport = inner => new ExtraTransport(
                inner,
                request => request.Method == HttpMethod.Delete
                    && Requests.Path(request).Contains("/pods/db-", StringComparison.Ordinal),
                request => request with
                {
                    PathAndQuery = Requests.Path(request).Replace("/pods/", "/persistentvolumeclaims/data-"),
                    Body = default,
                }),
        },
        new("attached-twice", "is attached to")
        {
            Room = Room.Stores,
            Program = "controllers",
            Transport = inner => new ExtraTransport(
                inner,
                request => request.Method == HttpMethod.Post
                    && Requests.Path(request).EndsWith("/volumeattachments", StringComparison.Ordinal),
                request => Requests.Edited(request, attachment =>
                {
                    var node = (string)attachment["spec"]!["nodeName"]!;
                    attachment["metadata"]!["name"] = "other";
                    attachment["spec"]!["nodeName"] = node == "node-0" ? "node-1" : "node-0";
                })),
        },
        new("unknown-use", "was detached from")
        {
            Room = Room.Stores,
            Program = "node-*",
            Transport = inner => new SilencedTransport(inner, request => request.Method == HttpMethod.Patch
                && Requests.Path(request).Contains("/nodes/", StringComparison.Ordinal)),
        },
    ];
}
