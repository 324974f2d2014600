using System.Text.Json.Nodes;
using Netes.Client;
using Netes.Simulation.Checks;
using Netes.Simulation.World;

namespace Netes.Simulation.Mutations;

/// <summary>What is broken about accounts, certificates, addresses and namespaces.</summary>
internal static partial class MutationList
{
    private static IReadOnlyList<Mutation> Administration { get; } =
    [
        new("wrong-account", Finding.TokenOfOther)
        {
            Room = Room.Offices,
            Program = "controllers",
            Transport = inner => new AlteredTransport(
                inner, request => request.Method == HttpMethod.Put && Requests.IsAbout(request, "secrets"),
                (_, secret) => secret["data"]!["token"] = "c29tZWJvZHkgZWxzZQ=="),
        },
        new("kept-tokens", Finding.TokenOfNobody)
        {
            Room = Room.Offices,
            Program = "controllers",
            Transport = inner => new SilencedTransport(
                inner, request => request.Method == HttpMethod.Delete && Requests.IsAbout(request, "secrets")),
        },
        new("hasty-cleaner", Finding.RequestGoneEarly)
        {
            Seed = 4,
            Room = Room.Offices,
            Program = "controllers",
            Transport = inner => new ExtraTransport(
                inner, request => Requests.IsStatusOf(request, "certificatesigningrequests"),
                request => request with
                {
                    Method = HttpMethod.Delete,
                    PathAndQuery = Requests.Path(request).Replace("/status", "", StringComparison.Ordinal),
                    Body = default,
                }),
        },
        new("idle-sum", Finding.SumDiffers)
        {
            Room = Room.Offices,
            Program = "controllers",
            Transport = inner => new SilencedTransport(
                inner, request => request.Method == HttpMethod.Patch && Requests.IsAbout(request, "clusterroles")),
        },
        new("no-signature", Finding.SignaturesDiffer)
        {
            Room = Room.Offices,
            Program = "controllers",
            Transport = inner => new SilencedTransport(
                inner, request => request.Method == HttpMethod.Put && Requests.IsAbout(request, "configmaps")),
        },
        new("lost-range", Finding.RangeGoneInUse)
        {
            Room = Room.Offices,
            Program = "controllers",
            Transport = inner => new AlteredTransport(
                inner, request => request.Method == HttpMethod.Put && Requests.IsAbout(request, "servicecidrs"),
                (_, range) => range["metadata"]!["finalizers"] = new JsonArray()),
        },
        new("hasty-namespace", Finding.NamespaceGoneFull)
        {
            Seed = 4,
            Room = Room.Offices,
            Program = "controllers",
            Transport = inner => new BlindTransport(inner, request => request.Method == HttpMethod.Get
                && Requests.Path(request).EndsWith("/configmaps", StringComparison.Ordinal)
                && Requests.Path(request).Contains("/namespaces/office", StringComparison.Ordinal)),
        },
        new("no-outside", Finding.OutsideDiffers)
        {
            Room = Room.Offices,
            Program = "controllers",
            Transport = inner => new SilencedTransport(inner, request => Requests.IsStatusOf(request, "services")),
        },
        new("no-copies", Finding.CopiesDiffer)
        {
            Room = Room.Offices,
            Program = "controllers",
            Transport = inner => new SilencedTransport(inner, request => request.Method == HttpMethod.Post
                && Requests.Path(request).EndsWith("/endpointslices", StringComparison.Ordinal)
                && System.Text.Encoding.UTF8.GetString(request.Body.Span)
                    .Contains("endpointslicemirroring", StringComparison.Ordinal)),
        },
        new("one-address", Finding.AddressTwice)
        {
            Room = Room.Offices,
            Store = inner => new EditingStore(inner, "/registry/services/", static service =>
                service["spec"]?["clusterIP"] is not null && Set(service["spec"]!, "clusterIP", "10.96.7.7")),
        },
    ];
}
