using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.ApiServer.Streaming;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Subresources;

/// <summary>
/// <c>name</c>, <c>name:port</c> or <c>scheme:name:port</c>. Source: apimachinery pkg/util/net/port_split.go.
/// </summary>
internal readonly record struct ProxyName(string Scheme, string Name, string Port)
{
    public static ProxyName Parse(string text)
    {
        var parts = text.Split(':');
        return parts.Length switch
        {
            1 => new("", parts[0], ""),
            2 => new("", parts[0], parts[1]),
            3 when parts[0] is "" or "http" or "https" => new(parts[0], parts[1], parts[2]),
            _ => throw ApiErrors.BadRequest($"invalid proxy request {FieldError.Quote(text)}"),
        };
    }
}

/// <summary>A node's own agent. Source: pkg/registry/core/node/strategy.go, ResourceLocation.</summary>
internal sealed class NodeTargets(KubeletConnector kubelets) : IProxyTargets
{
    public ProxyTarget Find(RequestInfo info, string pathAndQuery)
    {
        var name = ProxyName.Parse(info.Name);
        var kubelet = kubelets.Locate(name.Name, pathAndQuery);
        return name.Port.Length == 0 || name.Port == kubelet.Port.ToString(CultureInfo.InvariantCulture)
            ? kubelet
            : kubelet with
            {
                Port = ProxyPorts.Number(name.Port),
                IsSecure = name.Scheme == "https",
                IsKubelet = false,
            };
    }
}

/// <summary>A pod's address. Source: pkg/registry/core/pod/strategy.go, ResourceLocation.</summary>
internal sealed class PodTargets(ObjectViews views) : IProxyTargets
{
    public ProxyTarget Find(RequestInfo info, string pathAndQuery)
    {
        var name = ProxyName.Parse(info.Name);
        var pod = views.Get<Pod>(info.Namespace, name.Name) ?? throw ApiErrors.NotFound("", "pods", name.Name);
        if (pod.Status.PodIP.Length == 0)
        {
            throw ApiErrors.BadRequest("address not allowed");
        }

        var port = name.Port.Length > 0
            ? ProxyPorts.Number(name.Port)
            : pod.Spec.Containers.SelectMany(static container => container.Ports)
                .FirstOrDefault()?.ContainerPortValue ?? 80;
        return new(pod.Status.PodIP, port, name.Scheme == "https", pathAndQuery);
    }
}

/// <summary>
/// A ready endpoint of a service. Source: pkg/registry/core/service/storage/storage.go, ResourceLocation.
/// </summary>
internal sealed class ServiceTargets(ObjectViews views) : IProxyTargets
{
    private const string ServiceLabel = "kubernetes.io/service-name";

    public ProxyTarget Find(RequestInfo info, string pathAndQuery)
    {
        var name = ProxyName.Parse(info.Name);
        var service = views.Get<Service>(info.Namespace, name.Name)
            ?? throw ApiErrors.NotFound("", "services", name.Name);
        var portName = PortName(service, name.Port);
        foreach (var slice in views.List<EndpointSlice>(info.Namespace))
        {
            if (slice.Metadata.Labels.Get(ServiceLabel) != name.Name)
            {
                continue;
            }

            var port = slice.Ports.FirstOrDefault(port => (port.Name ?? "") == portName)?.Port;
            var ready = slice.Endpoints.FirstOrDefault(static endpoint =>
                endpoint.Conditions.Ready is not false && endpoint.Addresses.Count > 0);
            if (port is { } number && ready is not null)
            {
                return new(ready.Addresses[0], number, name.Scheme == "https", pathAndQuery);
            }
        }

        throw ApiErrors.ServiceUnavailable($"no endpoints available for service {FieldError.Quote(info.Name)}");
    }

    private static string PortName(Service service, string wanted)
    {
        if (wanted.Length == 0)
        {
            return service.Spec.Ports.Count == 1
                ? service.Spec.Ports[0].Name
                : service.Spec.Ports.FirstOrDefault(static port => port.Name.Length == 0)?.Name
                    ?? throw NoPort(service, wanted);
        }

        var port = service.Spec.Ports.FirstOrDefault(port => port.Name == wanted
            || port.Port.ToString(CultureInfo.InvariantCulture) == wanted) ?? throw NoPort(service, wanted);
        return port.Name;
    }

    private static ApiException NoPort(Service service, string wanted) => ApiErrors.ServiceUnavailable(
        $"no service port {FieldError.Quote(wanted)} found for service {FieldError.Quote(service.Metadata.Name)}");
}

internal static class ProxyPorts
{
    public static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw ApiErrors.BadRequest($"invalid port {FieldError.Quote(text)}");
}
