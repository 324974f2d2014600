using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Endpoints;

public sealed class EndpointsPlanTests
{
    private static readonly Service Web = new()
    {
        Metadata = new() { Namespace = "default", Name = "web" },
        Spec = new()
        {
            ClusterIP = "10.96.0.5",
            Selector = ValueMap.Of(("app", "web")),
            Ports = [new ServicePort { Name = "http", Protocol = "TCP", Port = 80, TargetPort = 8000 }],
        },
    };

    [Fact]
    public void ReadyAndOtherPods_StandInTheirLists()
    {
        var made = EndpointsPlan.Make(
            Web, [Pod("b", ip: "10.244.0.3"), Pod("a", ip: "10.244.0.2"), Pod("c", ready: false, ip: "10.244.0.4")],
            null);
        var subset = Assert.Single(made.Subsets);
        Assert.Equal(["10.244.0.2", "10.244.0.3"], subset.Addresses.Select(address => address.IP));
        Assert.Equal(["10.244.0.4"], subset.NotReadyAddresses.Select(address => address.IP));
        Assert.Equal("endpoint-controller", made.Metadata.Labels["endpoints.kubernetes.io/managed-by"]);
        Assert.Equal(made, EndpointsPlan.Make(
            Web, [Pod("a", ip: "10.244.0.2"), Pod("b", ip: "10.244.0.3"), Pod("c", ready: false, ip: "10.244.0.4")],
            made));
    }

    [Fact]
    public void TooManyAddresses_AreCutAndTold()
    {
        var pods = Enumerable.Range(0, 1001).Select(i => Pod($"p{i}", ip: $"10.244.{i / 250}.{(i % 250) + 1}"));
        var made = EndpointsPlan.Make(Web, pods, null);
        Assert.Equal(1000, made.Subsets[0].Addresses.Count);
        Assert.Equal("truncated", made.Metadata.Annotations["endpoints.kubernetes.io/over-capacity"]);
    }
}
