using Netes.Api;
using Netes.Api.DynamicResources;
using Netes.Tests.ControlPlane.ResourceClaims;
using static Netes.Tests.ControlPlane.ResourceClaims.DeviceObjects;

namespace Netes.Tests.ControlPlane.Scheduler.Devices;

/// <summary>
/// Goal: the search finds devices exactly where there are any that satisfy the claim, and what it finds does. Method:
/// random devices and requests, against a definition that tries every way to give devices to requests.
/// </summary>
public sealed class SameAllocationTests
{
    private const int Rounds = 300;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Search_findsWhatThereIs(int seed)
    {
        var random = new Random(seed);
        var found = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var devices = Enumerable.Range(0, random.Next(1, 6))
                .Select(i => NewDevice($"d{i}", ("numa", $"{random.Next(2)}"), ("kind", $"{random.Next(2)}")))
                .ToArray();
            var claim = RandomClaim(random);
            var taken = devices.Where(_ => random.Next(5) == 0).Select(device => device.Name).ToHashSet();
            var results = Allocations.Allocate(
                [Slice("n1", [.. devices])], [claim],
                allocated: Allocations.Taken([.. taken.Select(name => $"n1/{name}")]));
            var free = devices.Where(device => !taken.Contains(device.Name)).ToArray();
            var slots = claim.Spec.Devices.Requests
                .SelectMany(request => Enumerable.Repeat(request, (int)request.Exactly!.Count)).ToArray();
            Assert.Equal(Exists(claim, slots, [], free), results is not null);
            if (results is not null)
            {
                found++;
                var given = results[0].Devices.Results.Select(result => (
                    claim.Spec.Devices.Requests.First(request => request.Name == result.Request),
                    free.Single(device => device.Name == result.Device))).ToList();
                Assert.Equal(slots, given.Select(pair => pair.Item1));
                Assert.True(IsRight(claim, given), $"round {round}");
            }
        }

        Assert.InRange(found, Rounds / 10, Rounds * 9 / 10);
    }

    private static ResourceClaim RandomClaim(Random random)
    {
        var requests = Enumerable.Range(0, random.Next(1, 4))
            .Select(i => Request($"r{i}", random.Next(1, 3)) is var request && random.Next(3) == 0
                ? request with
                {
                    Exactly = request.Exactly! with
                    {
                        Selectors =
                        [
                            new()
                            {
                                CEL = new()
                                {
                                    Expression = $"device.attributes['{Driver}'].kind == '{random.Next(2)}'",
                                },
                            },
                        ],
                    },
                }
                : request).ToArray();
        var claim = Claim("c", [.. requests]);
        var constraint = new DeviceConstraint
        {
            Requests = random.Next(2) == 0 ? [] : [requests[0].Name],
            MatchAttribute = $"{Driver}/numa",
        };
        return random.Next(3) == 0
            ? claim
            : claim with { Spec = new() { Devices = claim.Spec.Devices with { Constraints = [constraint] } } };
    }

    private static bool Exists(
        ResourceClaim claim, DeviceRequest[] slots, List<(DeviceRequest, Device)> given, Device[] free) =>
        given.Count == slots.Length
            ? IsRight(claim, given)
            : free.Any(device => !given.Any(pair => pair.Item2 == device)
                && Exists(claim, slots, [.. given, (slots[given.Count], device)], free));

    private static bool IsRight(ResourceClaim claim, List<(DeviceRequest Request, Device Device)> given) =>
        given.Select(pair => pair.Device).Distinct().Count() == given.Count
        && given.All(pair => pair.Request.Exactly!.Selectors.All(selector =>
            selector.CEL!.Expression.EndsWith($"'{Text(pair.Device, "kind")}'", StringComparison.Ordinal)))
        && claim.Spec.Devices.Constraints.All(constraint => given
            .Where(pair => constraint.Requests.IsEmpty || constraint.Requests.Contains(pair.Request.Name))
            .Select(pair => Text(pair.Device, "numa")).Distinct().Count() <= 1);

    private static string Text(Device device, string name) => device.Attributes[name].StringValue!;
}
