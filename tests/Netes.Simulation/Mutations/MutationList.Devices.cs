using Netes.Client;
using Netes.Simulation.World;

namespace Netes.Simulation.Mutations;

/// <summary>What is broken about devices.</summary>
internal static partial class MutationList
{
    private static IReadOnlyList<Mutation> Devices { get; } =
    [
        new("one-device", "is given to")
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
        new("twin-claims", "had one of that name")
        {
            Room = Room.Shops,
            Program = "controllers",
            Transport = inner => new DoubledTransport(inner, request => request.Method == HttpMethod.Post
                && Requests.Path(request).EndsWith("/resourceclaims", StringComparison.Ordinal)),
        },
        new("no-reservation", "without the devices")
        {
            Room = Room.Shops,
            Program = "scheduler",
            Transport = inner => new AlteredTransport(
                inner, request => Requests.IsWriteOf(request, "resourceclaims"),
                (_, claim) => claim["status"]?.AsObject().Remove("reservedFor")),
        },
        new("eternal-reservation", "reserved for pods that are over")
        {
            Room = Room.Shops,
            Program = "controllers",
            Transport = inner => new SilencedTransport(
                inner, request => Requests.IsStatusOf(request, "resourceclaims")),
        },
    ];
}
