using System.Globalization;
using System.Net;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.ApiServer.Services;

/// <summary>What one write of a service takes from the pools; given back when the write fails.</summary>
internal sealed class AllocationAttempt(Service service, Service? old, AddressPools addresses, PortPool ports)
{
    private readonly List<IPAddress> _addresses = [];
    private readonly List<int> _ports = [];

    private string Owner => service.Metadata.Uid;

    public static IEnumerable<IPAddress> AddressesOf(ServiceSpec spec) => ServiceRules.HasClusterIP(spec.Type)
        ? spec.ClusterIPs.Where(static text => text is not ("" or ServiceRules.Headless))
            .Select(static text => IPAddress.TryParse(text, out var address) ? address : null)
            .OfType<IPAddress>()
        : [];

    public static IEnumerable<int> PortsOf(ServiceSpec spec) => spec.Ports
        .Select(static port => port.NodePort)
        .Append(spec.HealthCheckNodePort)
        .Where(static port => port != 0)
        .Distinct();

    /// <summary>The service with everything it needs; 422 for what it may not have.</summary>
    public Service Run()
    {
        var spec = service.Spec;
        if (ServiceRules.HasClusterIP(spec.Type) && !ServiceRules.IsHeadless(spec)
            && (old is null || !ServiceRules.IsHeadless(old.Spec)))
        {
            spec = WithAddresses(spec);
        }

        if (ServiceRules.HasNodePorts(spec) || spec.Ports.Any(static port => port.NodePort != 0))
        {
            spec = spec with { Ports = WithNodePorts(spec) };
        }

        if (ServiceRules.NeedsHealthCheck(spec) && old?.Spec.HealthCheckNodePort is null or 0)
        {
            spec = spec with
            {
                HealthCheckNodePort = spec.HealthCheckNodePort == 0
                    ? NextPort("healthCheckNodePort")
                    : TakePort(spec.HealthCheckNodePort, FieldPath.Of("spec").Child("healthCheckNodePort")),
            };
        }

        return service with { Spec = spec };
    }

    public void Undo()
    {
        foreach (var address in _addresses)
        {
            addresses.Release(address, Owner);
        }

        foreach (var port in _ports)
        {
            ports.Release(port, Owner);
        }
    }

    /// <summary>One address per family; those that the service has stay.</summary>
    private ServiceSpec WithAddresses(ServiceSpec spec)
    {
        var held = old is null ? [] : AddressesOf(old.Spec).ToHashSet();
        var texts = new string[spec.IPFamilies.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = i < spec.ClusterIPs.Count ? spec.ClusterIPs[i] : "";
        }

        var shown = Shown.Strings(texts);
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i].Length == 0)
            {
                texts[i] = NextAddress(spec.IPFamilies[i]);
            }
            else if (IPAddress.TryParse(texts[i], out var address) && !held.Contains(address))
            {
                Take(address, texts[i], shown);
            }
        }

        return spec with { ClusterIP = texts[0], ClusterIPs = [.. texts] };
    }

    private string NextAddress(string family)
    {
        var next = addresses.Next(family, Owner)
            ?? throw ApiErrors.Internal("failed to allocate a serviceIP: range is full");
        _addresses.Add(next);
        return next.ToString();
    }

    private void Take(IPAddress address, string text, Shown shown)
    {
        if (addresses.TryTake(address, Owner) is { } problem)
        {
            throw Invalid(FieldError.Invalid(
                FieldPath.Of("spec").Child("clusterIPs"), shown, $"failed to allocate IP {text}: {problem}"));
        }

        _addresses.Add(address);
    }

    private ValueList<ServicePort> WithNodePorts(ServiceSpec spec)
    {
        var known = old is null ? [] : PortsOf(old.Spec).ToHashSet();
        var result = new ServicePort[spec.Ports.Count];
        var path = FieldPath.Of("spec").Child("ports");
        for (var i = 0; i < result.Length; i++)
        {
            var port = spec.Ports[i];
            if (port.NodePort != 0)
            {
                result[i] = known.Contains(port.NodePort) || _ports.Contains(port.NodePort)
                    ? port
                    : port with { NodePort = TakePort(port.NodePort, path.Index(i).Child("nodePort")) };
            }
            else
            {
                result[i] = ServiceRules.HasNodePorts(spec) ? port with { NodePort = NextPort("nodePort") } : port;
            }
        }

        return result.ToValueList();
    }

    private int NextPort(string what)
    {
        var port = ports.Next(Owner) ?? throw ApiErrors.Internal($"failed to allocate a {what}: range is full");
        _ports.Add(port);
        return port;
    }

    private int TakePort(int port, FieldPath path)
    {
        if (!ports.TryTake(port, Owner))
        {
            throw Invalid(FieldError.Invalid(path, port, ports.Contains(port)
                ? "provided port is already allocated"
                : string.Create(CultureInfo.InvariantCulture,
                    $"provided port is not in the valid range. The range of valid ports is {ports.First}-{ports.Last}")));
        }

        _ports.Add(port);
        return port;
    }

    private ApiException Invalid(FieldError error) => ApiErrors.Invalid("", "Service", service.Metadata.Name, [error]);
}
