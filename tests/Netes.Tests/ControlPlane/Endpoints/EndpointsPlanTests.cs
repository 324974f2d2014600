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

    [Fact]
    public void PodsWithoutAPort_standWhereTheirsAre()
    {
        var service = Web with
        {
            Spec = Web.Spec with
            {
                Ports =
                [
                    new ServicePort { Name = "http", Protocol = "TCP", Port = 80, TargetPort = 8000 },
                    new ServicePort { Name = "metrics", Protocol = "TCP", Port = 81, TargetPort = "metrics" },
                ],
            },
        };
        var measured = Pod("a", ip: "10.244.0.2");
        measured = measured with
        {
            Spec = measured.Spec with
            {
                Containers =
                [
                    measured.Spec.Containers[0] with
                    {
                        Ports = [new ContainerPort { Name = "metrics", Protocol = "TCP", ContainerPortValue = 9000 }],
                    },
                ],
            },
        };
        var made = EndpointsPlan.Make(service, [measured, Pod("b", ip: "10.244.0.3")], null);
        Assert.Equal(
            ["10.244.0.2 10.244.0.3 http:8000", "10.244.0.2 metrics:9000"],
            made.Subsets.Select(static subset => string.Join(' ', subset.Addresses
                .Select(static address => address.IP)
                .Concat(subset.Ports.Select(static port => $"{port.Name}:{port.Port}")))));
    }

    [Fact]
    public void TooManyAddresses_areCutInProportionAndReadyOnesLast()
    {
        var service = Web with
        {
            Spec = Web.Spec with { Ports = [Web.Spec.Ports[0] with { TargetPort = "http" }] },
        };
        var pods = Enumerable.Range(0, 1200).Select(i => Named(
            Pod($"p{i:0000}", ready: i % 2 == 0, ip: $"10.244.{i / 250}.{(i % 250) + 1}"), i < 900 ? 8000 : 9000));
        var made = EndpointsPlan.Make(service, pods, null);
        Assert.Equal([(450, 300), (150, 100)], made.Subsets.Select(
            static subset => (subset.Addresses.Count, subset.NotReadyAddresses.Count)));
    }

    [Theory]
    [InlineData("a+ b- [1]; a- [1]", "-ab [1]")]
    [InlineData("a+ [1 2]; b+ [1]", "ab [1]; a [2]")]
    [InlineData("a+ [1]; a+ [2]", "a [1 2]")]
    [InlineData("a+ []; b+ []", "ab []")]
    public void Subsets_areRepacked(string subsets, string expected) => Assert.Equal(
        expected, string.Join("; ", EndpointSubsets.Repack(subsets.Split("; ").Select(Parse)).Select(Show)));

    private static EndpointSubset Parse(string text)
    {
        var parts = text[..text.IndexOf('[')].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ports = text[(text.IndexOf('[') + 1)..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new()
        {
            Addresses = parts.Where(part => part[1] == '+').Select(Address).ToValueList(),
            NotReadyAddresses = parts.Where(part => part[1] == '-').Select(Address).ToValueList(),
            Ports = ports.Select(port => new EndpointPort { Port = port[0] - '0' }).ToValueList(),
        };

        static EndpointAddress Address(string part) => new() { IP = part[..1] };
    }

    private static string Show(EndpointSubset subset) =>
        string.Concat(subset.Addresses.Select(static address => address.IP))
        + (subset.NotReadyAddresses.IsEmpty
            ? ""
            : "-" + string.Concat(subset.NotReadyAddresses.Select(static address => address.IP)))
        + $" [{string.Join(' ', subset.Ports.Select(static port => port.Port))}]";

    private static Pod Named(Pod pod, int port) => pod with
    {
        Spec = pod.Spec with
        {
            Containers =
            [
                pod.Spec.Containers[0] with
                {
                    Ports = [new ContainerPort { Name = "http", Protocol = "TCP", ContainerPortValue = port }],
                },
            ],
        },
    };
}
