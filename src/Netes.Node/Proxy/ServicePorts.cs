using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;

namespace Netes.Nodes.Proxy;

/// <summary>
/// Services and EndpointSlices → the ports to serve. Pure. Source: pkg/proxy/servicechangetracker.go,
/// endpointslicecache.go.
/// </summary>
public static class ServicePorts
{
    private const string ServiceNameLabel = "kubernetes.io/service-name";
    private const string ProxyNameLabel = "service.kubernetes.io/service-proxy-name";
    private const string HeadlessLabel = "service.kubernetes.io/headless";
    private const int DefaultAffinitySeconds = 10800;

    /// <param name="services">All Services.</param>
    /// <param name="slices">All EndpointSlices.</param>
    /// <param name="nodeName">Endpoints on this node are local.</param>
    /// <param name="dnsAddress">The node answers DNS itself on this address, so it needs no rule.</param>
    public static ValueList<ServicePortView> Compile(
        IEnumerable<Service> services, IEnumerable<EndpointSlice> slices, string nodeName, string dnsAddress)
    {
        var byService = slices
            .Where(slice => slice.AddressType == "IPv4" && slice.Metadata.Labels.ContainsKey(ServiceNameLabel))
            .ToLookup(slice => (slice.Metadata.Namespace, slice.Metadata.Labels[ServiceNameLabel]));
        return services
            .Where(service => IsServed(service) && AddressOf(service) != dnsAddress)
            .OrderBy(service => service.Metadata.Namespace, StringComparer.Ordinal)
            .ThenBy(service => service.Metadata.Name, StringComparer.Ordinal)
            .SelectMany(service => Views(
                service, [.. byService[(service.Metadata.Namespace, service.Metadata.Name)]], nodeName))
            .ToValueList();
    }

    private static bool IsServed(Service service) =>
        service.Spec.Type != ServiceType.ExternalName
        && service.Spec.ClusterIP is not ("" or "None")
        && AddressOf(service).Length > 0
        && !service.Metadata.Labels.ContainsKey(ProxyNameLabel)
        && !service.Metadata.Labels.ContainsKey(HeadlessLabel);

    // Of IPv4, which may be the second of two.
    private static string AddressOf(Service service) =>
        service.Spec.ClusterIPs.Prepend(service.Spec.ClusterIP).FirstOrDefault(static ip => !ip.Contains(':')) ?? "";

    private static IEnumerable<ServicePortView> Views(
        Service service, IReadOnlyList<EndpointSlice> slices, string nodeName) =>
        service.Spec.Ports.Select(port => new ServicePortView
        {
            Namespace = service.Metadata.Namespace,
            Name = service.Metadata.Name,
            PortName = port.Name,
            Protocol = (port.Protocol.Length == 0 ? "TCP" : port.Protocol).ToLowerInvariant(),
            Port = port.Port,
            NodePort = port.NodePort,
            ClusterIP = AddressOf(service),
            ExternalAddresses = ExternalAddresses(service),
            AffinitySeconds = service.Spec.SessionAffinity == "ClientIP"
                ? service.Spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds ?? DefaultAffinitySeconds
                : 0,
            InternalLocal = service.Spec.InternalTrafficPolicy == "Local",
            ExternalLocal = service.Spec.ExternalTrafficPolicy == "Local",
            Endpoints = Endpoints(port, slices, nodeName),
        });

    private static ValueList<string> ExternalAddresses(Service service) => service.Spec.ExternalIPs
        .Concat(service.Status.LoadBalancer.Ingress
            .Where(ingress => ingress.IP.Length > 0 && ingress.IPMode is null or "VIP")
            .Select(ingress => ingress.IP))
        .Where(address => address.Length > 0 && !address.Contains(':'))
        .Distinct()
        .ToValueList();

    private static ValueList<ProxyEndpoint> Endpoints(
        ServicePort port, IReadOnlyList<EndpointSlice> slices, string nodeName) => slices
        .SelectMany(slice => slice.Ports
            .Where(candidate => (candidate.Name ?? "") == port.Name
                && (candidate.Protocol ?? "TCP") == (port.Protocol.Length == 0 ? "TCP" : port.Protocol)
                && candidate.Port is > 0)
            .SelectMany(candidate => slice.Endpoints.SelectMany(endpoint => endpoint.Addresses.Select(address =>
                new ProxyEndpoint(
                    address,
                    candidate.Port!.Value,
                    endpoint.NodeName == nodeName,
                    endpoint.Conditions.Ready ?? true,
                    endpoint.Conditions.Serving ?? endpoint.Conditions.Ready ?? true,
                    endpoint.Conditions.Terminating ?? false)))))
        .GroupBy(endpoint => (endpoint.Address, endpoint.Port))
        .Select(same => same.OrderByDescending(endpoint => endpoint.Ready).First())
        .OrderBy(endpoint => endpoint.Address, StringComparer.Ordinal)
        .ThenBy(endpoint => endpoint.Port.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal)
        .ToValueList();
}
