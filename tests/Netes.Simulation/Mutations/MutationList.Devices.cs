using System.Text.Json.Nodes;
using Netes.Client;
using Netes.Simulation.Checks;
using Netes.Simulation.World;

namespace Netes.Simulation.Mutations;

/// <summary>What is broken about devices.</summary>
internal static partial class MutationList
{
    private static IReadOnlyList<Mutation> Devices { get; } =
    [
        new("one-device", Finding.DeviceGivenTwice)
        {
            Room = Room.Shops,
            Program = "scheduler",
            Transport = inner => new AlteredTransport(
                inner, request => Requests.IsWriteOf(request, "resourceclaims"),
                (_, claim) =>
                {
                    if (claim["status"]?["allocation"]?["devices"]?["results"]?[0] is { } result)
                    {
                        (result["pool"], result["device"]) = ("node-0", "saw");
                    }
                }),
        },
        new("twin-claims", Finding.ClaimMadeTwice)
        {
            Room = Room.Shops,
            Program = "controllers",
            Transport = inner => new DoubledTransport(inner, request => request.Method == HttpMethod.Post
                && Requests.Path(request).EndsWith("/resourceclaims", StringComparison.Ordinal)),
        },
        new("no-reservation", Finding.PlacedWithoutDevice)
        {
            Room = Room.Shops,
            Program = "scheduler",
            Transport = inner => new AlteredTransport(
                inner, request => Requests.IsWriteOf(request, "resourceclaims"),
                (_, claim) => claim["status"]?.AsObject().Remove("reservedFor")),
        },
        new("freed-device", Finding.DeviceFreedInUse)
        {
            Room = Room.Shops,
            Program = "node-*",
            Transport = inner => new ExtraTransport(
                inner,
                static request => Requests.IsStatusOf(request, "pods")
                    && Requests.Says(request, "\"resourceClaims\":[{\"name\":\"tool\""),
                static request => request with
                {
                    Method = HttpMethod.Patch,
                    PathAndQuery = "/apis/resource.k8s.io/v1/namespaces/default/resourceclaims/"
                        + $"{ClaimOf(JsonNode.Parse(request.Body.Span)!)}/status",
                    ContentType = MediaTypes.MergePatch,
                    Body = """{"status":{"allocation":null,"reservedFor":null}}"""u8.ToArray(),
                }),
        },
        new("eternal-reservation", Finding.ReservedForNobody)
        {
            Room = Room.Shops,
            Program = "controllers",
            Transport = inner => new SilencedTransport(
                inner, request => Requests.IsStatusOf(request, "resourceclaims")),
        },
    ];

    private static string ClaimOf(JsonNode pod) => (string?)pod["spec"]!["resourceClaims"]![0]!["resourceClaimName"]
        ?? (string)pod["status"]!["resourceClaimStatuses"]![0]!["resourceClaimName"]!;
}
