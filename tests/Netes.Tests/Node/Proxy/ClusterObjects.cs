using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Api.Meta;

namespace Netes.Tests.Node.Proxy;

/// <summary>Services and slices as short as a test wants them.</summary>
internal static class ClusterObjects
{
    public static Service Service(string name, string clusterIP, int port = 80, string type = "ClusterIP") => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new()
        {
            Type = type,
            ClusterIP = clusterIP,
            ClusterIPs = [clusterIP],
            Ports = [new() { Name = "http", Port = port, Protocol = "TCP", TargetPort = 8000 }],
        },
    };

    public static EndpointSlice Slice(string service, params Endpoint[] endpoints) => new()
    {
        Metadata = new()
        {
            Name = service + "-x",
            Namespace = "default",
            Labels = ValueMap.Of(("kubernetes.io/service-name", service)),
        },
        AddressType = "IPv4",
        Endpoints = [.. endpoints],
        Ports = [new() { Name = "http", Port = 8000, Protocol = "TCP" }],
    };

    public static Endpoint Endpoint(string address, string node = "a", bool ready = true) => new()
    {
        Addresses = [address],
        NodeName = node,
        Conditions = new() { Ready = ready, Serving = ready, Terminating = false },
    };
}
