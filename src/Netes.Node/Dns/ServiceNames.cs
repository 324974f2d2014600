using System.Net;
using Netes.Api.Core;
using Netes.Api.Discovery;

namespace Netes.Nodes.Dns;

/// <summary>A named place that an SRV record leads to.</summary>
internal sealed record DnsTarget(string Name, int Port, IPAddress Address);

/// <summary>What the zone knows of one Service.</summary>
internal sealed class ServiceNames
{
    private readonly Service _service;
    private readonly IReadOnlyList<EndpointSlice> _slices;
    private readonly string _name;

    public ServiceNames(Service service, IReadOnlyList<EndpointSlice> slices, string name)
    {
        (_service, _slices, _name) = (service, slices, name);
        IsHeadless = service.Spec.ClusterIP == "None";
        ExternalName = service.Spec.Type == ServiceType.ExternalName ? service.Spec.ExternalName.TrimEnd('.') : null;
        Addresses = IsHeadless
            ? [.. Endpoints().Select(endpoint => endpoint.Address).Distinct()]
            : Parse(service.Spec.ClusterIPs.IsEmpty ? [service.Spec.ClusterIP] : service.Spec.ClusterIPs);
    }

    public bool IsHeadless { get; }

    public string? ExternalName { get; }

    /// <summary>What the Service's own name leads to.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; }

    /// <summary>Addresses with the name they have: cluster addresses, and endpoints of headless Services.</summary>
    public IEnumerable<(IPAddress Address, string Name)> Reverse => IsHeadless
        ? Endpoints().Select(endpoint => (endpoint.Address, $"{endpoint.Name}.{_name}")).Distinct()
        : Addresses.Select(address => (address, _name));

    public IReadOnlyList<IPAddress> EndpointAddresses(string name) =>
        [.. Endpoints().Where(endpoint => endpoint.Name == name).Select(endpoint => endpoint.Address).Distinct()];

    /// <summary>Where a named port leads; <c>*</c> means any.</summary>
    public IReadOnlyList<DnsTarget> Targets(string protocol, string port) => IsHeadless
        ? [.. Endpoints()
            .SelectMany(endpoint => endpoint.Slice.Ports
                .Where(p => Matches(p.Protocol ?? "TCP", protocol) && Matches(p.Name ?? "", port) && p.Port is > 0)
                .Select(p => new DnsTarget($"{endpoint.Name}.{_name}", p.Port!.Value, endpoint.Address)))
            .Distinct()]
        : [.. _service.Spec.Ports
            .Where(p => Matches(p.Protocol.Length == 0 ? "TCP" : p.Protocol, protocol) && Matches(p.Name, port))
            .SelectMany(p => Addresses.Select(address => new DnsTarget(_name, p.Port, address)))];

    private static bool Matches(string actual, string wanted) =>
        wanted == "*" || (actual.Length > 0 && string.Equals(actual, wanted, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<(string Name, IPAddress Address, EndpointSlice Slice)> Endpoints() =>
        from slice in _slices
        from endpoint in slice.Endpoints
        where (endpoint.Conditions.Ready ?? true) || _service.Spec.PublishNotReadyAddresses
        from address in Parse(endpoint.Addresses)
        select (EndpointName(endpoint, address), address, slice);

    // An endpoint without a hostname is named by its address, as Kubernetes' DNS does.
    private static string EndpointName(Endpoint endpoint, IPAddress address) =>
        endpoint.Hostname is { Length: > 0 } hostname
            ? hostname
            : address.ToString().Replace('.', '-').Replace(':', '-');

    private static List<IPAddress> Parse(IEnumerable<string> addresses)
    {
        var parsed = new List<IPAddress>();
        foreach (var text in addresses)
        {
            if (IPAddress.TryParse(text, out var address))
            {
                parsed.Add(address);
            }
        }

        return parsed;
    }
}
