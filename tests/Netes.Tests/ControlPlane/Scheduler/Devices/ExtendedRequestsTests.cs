using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane.Scheduling;
using Netes.Tests.ControlPlane.ResourceClaims;

namespace Netes.Tests.ControlPlane.Scheduler.Devices;

/// <summary>
/// Containers in one line, init containers before the bar, sidecars with a plus: <c>i=1 +s=2 | c=1</c> of gpu; what is
/// claimed, and which container uses what.
/// </summary>
public sealed class ExtendedRequestsTests
{
    [Theory]
    [InlineData("| a=1", "0-0:1", "a:0-0")]
    [InlineData("| a=1 b=2", "0-0:1 1-0:2", "a:0-0 b:1-0")]
    [InlineData("| a=0 b=2 c", "1-0:2", "b:1-0")]
    [InlineData("i=1 | a=1", "1-0:1", "a:1-0 i:1-0")]
    [InlineData("i=3 | a=1 b=1", "0-0:1 1-0:1 2-0:1", "a:1-0 b:2-0 i:1-0 i:2-0 i:0-0")]
    [InlineData("i=2 | a=2 b=1", "1-0:2 2-0:1", "a:1-0 b:2-0 i:1-0")]
    [InlineData("i=2 j=4 k=3 | a=1", "1-0:3 3-0:1", "a:3-0 i:3-0 i:1-0 j:3-0 j:1-0 k:3-0 k:1-0")]
    [InlineData("i=2 | a", "0-0:2", "i:0-0")]
    [InlineData("+s=1 | a=1", "0-0:1 1-0:1", "s:0-0 a:1-0")]
    [InlineData("i=1 +s=1 j=1 | a=1", "1-0:1 3-0:1", "s:1-0 a:3-0 i:1-0 j:3-0")]
    [InlineData("+s=2 i=2 | a=1", "0-0:2 1-0:1 2-0:1", "s:0-0 a:2-0 i:2-0 i:1-0")]
    public void Containers_areClaimedForAsTheyRun(string containers, string requests, string mappings)
    {
        var claimed = ExtendedRequests.Of(Spec(containers), ["example.com/gpu"], Classes("gpus", "example.com/gpu"));
        Assert.Equal(requests, string.Join(' ', claimed.Requests.Select(request =>
            $"{Short(request.Name)}:{request.Exactly!.Count}")));
        Assert.Equal(mappings, string.Join(' ', claimed.Mappings.Select(mapping =>
            $"{mapping.ContainerName}:{Short(mapping.RequestName)}")));
        Assert.All(claimed.Requests, request => Assert.Equal("gpus", request.Exactly!.DeviceClassName));
        Assert.All(claimed.Mappings, mapping => Assert.Equal("example.com/gpu", mapping.ResourceName));
    }

    [Fact]
    public void Request_isNamedByItsPlaceAmongAllThatTheContainerRequests()
    {
        var container = new Container
        {
            Name = "a",
            Resources = new()
            {
                Requests = ValueMap.Of(
                    ("memory", Quantity.Parse("1Gi")), ("example.com/nic", Quantity.FromValue(1)),
                    ("cpu", Quantity.Parse("1")), ("deviceclass.resource.kubernetes.io/gpus", Quantity.FromValue(2)),
                    ("example.com/gpu", Quantity.FromValue(1))),
            },
        };
        var classes = Classes("gpus", "example.com/gpu").With("nics", DeviceObjects.Class("nics") with
        {
            Spec = new() { ExtendedResourceName = "example.com/nic" },
        });
        var claimed = ExtendedRequests.Of(
            new PodSpec { Containers = [container] },
            ["deviceclass.resource.kubernetes.io/gpus", "example.com/gpu", "example.com/nic", "example.com/none"],
            classes);
        Assert.Equal(
            ["container-0-request-1 gpus 2", "container-0-request-2 gpus 1", "container-0-request-3 nics 1"],
            claimed.Requests.Select(request => string.Create(
                CultureInfo.InvariantCulture,
                $"{request.Name} {request.Exactly!.DeviceClassName} {request.Exactly.Count}")));
        Assert.Equal(3, claimed.Mappings.Count);
    }

    private static string Short(string request) => request.Replace("container-", "", StringComparison.Ordinal)
        .Replace("-request", "", StringComparison.Ordinal);

    private static ExtendedClasses Classes(string name, string resource) => ExtendedClasses.None.With(
        name, DeviceObjects.Class(name) with { Spec = new() { ExtendedResourceName = resource } });

    private static PodSpec Spec(string containers)
    {
        var parts = containers.Split('|');
        return new PodSpec { InitContainers = Containers(parts[0]), Containers = Containers(parts[1]) };
    }

    private static ValueList<Container> Containers(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.TrimStart('+').Split('='))
            .Zip(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), (parts, one) => new Container
            {
                Name = parts[0],
                RestartPolicy = one.StartsWith('+') ? ContainerRestartPolicy.Always : null,
                Resources = new()
                {
                    Requests = parts.Length == 1
                        ? default
                        : ValueMap.Of(("example.com/gpu", Quantity.Parse(parts[1]))),
                },
            }),
    ];
}
