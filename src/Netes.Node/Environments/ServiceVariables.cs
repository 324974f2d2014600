using System.Globalization;
using Netes.Api.Core;

namespace Netes.Nodes.Environments;

/// <summary>
/// The variables that tell a container where services are: <c>WEB_SERVICE_HOST</c>, <c>WEB_PORT_80_TCP_ADDR</c>, ...
/// Source: pkg/kubelet/envvars/envvars.go.
/// </summary>
public static class ServiceVariables
{
    public static IEnumerable<KeyValuePair<string, string>> Of(IEnumerable<Service> services)
    {
        foreach (var service in services)
        {
            if (service.Spec.ClusterIP is "" or "None" || service.Spec.Ports.IsEmpty)
            {
                continue;
            }

            foreach (var pair in Of(service))
            {
                yield return pair;
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Of(Service service)
    {
        var name = Upper(service.Metadata.Name);
        var address = service.Spec.ClusterIP;
        var ports = (IReadOnlyList<ServicePort>)service.Spec.Ports;
        yield return new(name + "_SERVICE_HOST", address);
        yield return new(name + "_SERVICE_PORT", Text(ports[0].Port));
        foreach (var port in ports)
        {
            if (port.Name.Length > 0)
            {
                yield return new($"{name}_SERVICE_PORT_{Upper(port.Name)}", Text(port.Port));
            }
        }

        yield return new(name + "_PORT", Url(ports[0], address));
        foreach (var port in ports)
        {
            var protocol = Protocol(port);
            var prefix = $"{name}_PORT_{Text(port.Port)}_{protocol.ToUpperInvariant()}";
            yield return new(prefix, Url(port, address));
            yield return new(prefix + "_PROTO", protocol);
            yield return new(prefix + "_PORT", Text(port.Port));
            yield return new(prefix + "_ADDR", address);
        }
    }

    private static string Url(ServicePort port, string address) =>
        address.Contains(':', StringComparison.Ordinal)
            ? $"{Protocol(port)}://[{address}]:{Text(port.Port)}" : $"{Protocol(port)}://{address}:{Text(port.Port)}";

    private static string Protocol(ServicePort port) =>
        port.Protocol.Length > 0 ? port.Protocol.ToLowerInvariant() : "tcp";

    private static string Upper(string name) => name.Replace('-', '_').ToUpperInvariant();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
