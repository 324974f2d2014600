using System.Text.Json.Nodes;
using Netes.Client;
using Netes.Simulation.Checks;
using Netes.Simulation.World;

namespace Netes.Simulation.Mutations;

/// <summary>What is broken about storage.</summary>
internal static partial class MutationList
{
    private static IReadOnlyList<Mutation> Storage { get; } =
    [
        new("unprotected-claims", Finding.ClaimGoneInUse)
        {
            Room = Room.Stores,
            Program = "controllers",
            Transport = inner => new AlteredTransport(
                inner,
                request => request.Method == HttpMethod.Put && Requests.IsAbout(request, "persistentvolumeclaims"),
                (_, claim) => claim["metadata"]!.AsObject().Remove("finalizers")),
        },
        new("shared-volume", Finding.VolumeShared)
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
        new("lost-data", Finding.DataGoneInUse)
        {
            Seed = 5,
            Room = Room.Stores,
            Program = "controllers",
            Transport = inner => new AlteredTransport(
                inner, request => Requests.IsStatusOf(request, "persistentvolumes"),
                (_, volume) => volume["status"]!["phase"] = "Released"),
        },
        new("early-binding", Finding.PlacedWithoutVolume)
        {
            Program = "scheduler",
            Transport = inner => new ExtraTransport(
                inner,
                request => Requests.IsWriteOf(request, "persistentvolumeclaims")
                    && Requests.Path(request).Contains("/data-db-", StringComparison.Ordinal),
                request => Binding(request, Requests.Path(request)
                    .Replace("/persistentvolumeclaims/data-", "/pods/", StringComparison.Ordinal))),
        },
        new("other-place", Finding.PlacedElsewhere)
        {
            Program = "scheduler",
            Transport = inner => new AlteredTransport(
                inner,
                request => Requests.IsBinding(request)
                    && Requests.Path(request).Contains("/pods/db-", StringComparison.Ordinal),
                (_, binding) => Set(binding["target"]!, "name",
                    (string?)binding["target"]!["name"] == "node-0" ? "node-1" : "node-0")),
        },
        new("lost-claim", Finding.ClaimLost)
        {
            Room = Room.Stores,
            Program = "controllers",
            Transport = inner => new AlteredTransport(
                inner, request => Requests.IsStatusOf(request, "persistentvolumeclaims"),
                (_, claim) => Set(claim["status"]!, "phase", "Lost")),
        },
        new("other-volume", Finding.VolumeChanged)
        {
            Room = Room.Stores,
            Store = inner => new EditingStore(inner, "/registry/persistentvolumeclaims/", static claim =>
                (string?)claim["status"]?["phase"] == "Bound" && Set(claim["spec"]!, "volumeName", "other")),
        },
        new("taken-volume", Finding.VolumeTaken)
        {
            Room = Room.Stores,
            Store = inner => new EditingStore(inner, "/registry/persistentvolumes/", static volume =>
                (string?)volume["status"]?["phase"] == "Bound" && volume["spec"]!.AsObject().Remove("claimRef")),
        },
        new("volume-first", Finding.VolumeGoneFirst)
        {
            Room = Room.Stores,
            Program = "controllers",
            Transport = inner => new ExtraTransport(
                inner,
                request => Requests.IsStatusOf(request, "persistentvolumeclaims")
                    && Requests.Says(request, "\"phase\":\"Bound\""),
                request => Deletion(
                    $"/api/v1/persistentvolumes/{JsonNode.Parse(request.Body.Span)!["spec"]!["volumeName"]}")),
            Store = inner => new EditingStore(inner, "/registry/persistentvolumes/", static volume =>
                volume["metadata"]!.AsObject().Remove("finalizers")),
        },
        new("claims-with-pods", Finding.AgainstRetention)
        {
            Seed = 6,
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
        new("attached-twice", Finding.AttachedTwice)
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
        new("unknown-use", Finding.DetachedInUse)
        {
            Seed = 4,
            Room = Room.Stores,
            Program = "node-*",
            Transport = inner => new SilencedTransport(inner, request => request.Method == HttpMethod.Patch
                && Requests.Path(request).Contains("/nodes/", StringComparison.Ordinal)),
        },
    ];
}
