using System.Buffers;
using System.Net;
using System.Text;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.ApiServer.Services;

namespace Netes.Tests.ApiServer.Services;

public sealed class AllocatorMetricsTests
{
    [Fact]
    public void Addresses_areCountedByNetworkAndScope()
    {
        var registry = new MetricRegistry();
        var pools = new AddressPools([IPNetwork.Parse("10.0.0.0/29")], registry);
        Assert.Null(pools.TryTake(IPAddress.Parse("10.0.0.1"), "a"));
        Assert.Null(pools.TryTake(IPAddress.Parse("10.0.0.1"), "a"));
        Assert.NotNull(pools.TryTake(IPAddress.Parse("10.0.0.1"), "b"));
        pools.Hold(IPAddress.Parse("10.0.0.2"), "c");
        for (var i = 0; i < 4; i++)
        {
            Assert.NotNull(pools.Next(IPFamily.IPv4, "d"));
        }

        Assert.Null(pools.Next(IPFamily.IPv4, "d"));
        pools.Release(IPAddress.Parse("10.0.0.1"), "a");
        Assert.Equal(
            """
            kube_apiserver_clusterip_allocator_allocated_ips{cidr="10.0.0.0/29"} 5
            kube_apiserver_clusterip_allocator_allocation_errors_total{cidr="10.0.0.0/29",scope="dynamic"} 1
            kube_apiserver_clusterip_allocator_allocation_errors_total{cidr="10.0.0.0/29",scope="static"} 1
            kube_apiserver_clusterip_allocator_allocation_total{cidr="10.0.0.0/29",scope="dynamic"} 4
            kube_apiserver_clusterip_allocator_allocation_total{cidr="10.0.0.0/29",scope="static"} 1
            kube_apiserver_clusterip_allocator_available_ips{cidr="10.0.0.0/29"} 1
            """,
            Samples(registry));
    }

    [Fact]
    public void Ports_areCountedByScope()
    {
        var registry = new MetricRegistry();
        var ports = new PortPool(30000, 30099, registry);
        Assert.True(ports.TryTake(30001, "a"));
        Assert.False(ports.TryTake(30001, "b"));
        Assert.True(ports.Hold(30002, "b"));
        Assert.Equal(30016, ports.Next("c"));
        Assert.Equal(
            """
            kube_apiserver_nodeport_allocator_allocated_ports 3
            kube_apiserver_nodeport_allocator_allocation_errors_total{scope="static"} 1
            kube_apiserver_nodeport_allocator_allocation_total{scope="dynamic"} 1
            kube_apiserver_nodeport_allocator_allocation_total{scope="static"} 1
            kube_apiserver_nodeport_allocator_available_ports 97
            """,
            Samples(registry));
    }

    private static string Samples(MetricRegistry registry)
    {
        var output = new ArrayBufferWriter<byte>();
        registry.WriteTo(output);
        return string.Join('\n', Encoding.UTF8.GetString(output.WrittenSpan)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => !line.StartsWith('#'))
            .Order(StringComparer.Ordinal));
    }
}
