using Netes.Simulation.Checks;
using Netes.Simulation.World;

namespace Netes.Simulation.Mutations;

/// <summary>What is broken about tokens, certificates, addresses and servers.</summary>
internal static partial class MutationList
{
    private static IReadOnlyList<Mutation> Offices { get; } =
    [
        new("hasty-controllers", Finding.InvitationGoneEarly)
        {
            Room = Room.Offices,
            Program = "controllers",
            Ahead = TimeSpan.FromMinutes(25),
        },
        new("hasty-server", Finding.LeaseGoneEarly)
        {
            Seed = 4,
            Room = Room.Neighbors,
            Program = "server",
            Ahead = TimeSpan.FromHours(2),
        },
        new("lost-tokens", Finding.TokenGoneEarly)
        {
            Room = Room.Offices,
            Program = "controllers",
            Transport = inner => new ExtraTransport(
                inner, request => request.Method == HttpMethod.Put && Requests.IsAbout(request, "secrets"),
                request => Deletion(Requests.Path(request))),
        },
        new("other-tokens", Finding.TokenChanged)
        {
            Room = Room.Offices,
            Program = "controllers",
            Transport = inner => new ExtraTransport(
                inner, request => request.Method == HttpMethod.Put && Requests.IsAbout(request, "secrets"),
                request => Requests.Edited(request, secret =>
                {
                    secret["metadata"]!.AsObject().Remove("resourceVersion");
                    secret["data"]!["token"] = "c29tZWJvZHkgZWxzZQ==";
                })),
        },
        new("signed-anyway", Finding.CertificateForbidden)
        {
            Seed = 4,
            Room = Room.Offices,
            Store = inner => new EditingStore(inner, "/registry/certificatesigningrequests/", static request =>
                request["status"]?["certificate"] is not null && request["status"]!.AsObject().Remove("conditions")),
        },
        new("strange-address", Finding.AddressInNoRange)
        {
            Room = Room.Offices,
            Store = inner => new EditingStore(inner, "/registry/services/", static service =>
                ((string?)service["spec"]?["clusterIP"])?.StartsWith("10.96.", StringComparison.Ordinal) == true
                && Set(service["spec"]!, "clusterIP",
                    ((string)service["spec"]!["clusterIP"]!).Replace("10.96.", "10.97.", StringComparison.Ordinal))),
        },
    ];
}
