using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Aggregation;

/// <summary>
/// Where a Service's requests go. Endpoints are asked directly, as with <c>--enable-aggregator-routing</c>: this server
/// need not be where cluster addresses are translated. Source: apiserver pkg/util/proxy/proxy.go.
/// </summary>
internal sealed class ServiceResolver(ObjectViews views)
{
    private const string ServiceLabel = "kubernetes.io/service-name";

    private uint _turn;

    /// <summary>One of the endpoints that are ready, in turn; or why there is none.</summary>
    public (string Host, int Port)? Resolve(string namespaceName, string name, int port, out string error)
    {
        error = "";
        if (views.Get<Service>(namespaceName, name) is not { } service)
        {
            error = $"service {FieldError.Quote(name)} not found";
            return null;
        }

        if (service.Spec.Type == "ExternalName")
        {
            return (service.Spec.ExternalName, port);
        }

        if (service.Spec.Ports.FirstOrDefault(candidate => candidate.Port == port) is not { } servicePort)
        {
            error = $"no service port {port} found for service {FieldError.Quote(name)}";
            return null;
        }

        var ready = Ready(SlicesOf(namespaceName, name), servicePort.Name).ToList();
        if (ready.Count > 0)
        {
            return ready[(int)(Interlocked.Increment(ref _turn) % (uint)ready.Count)];
        }

        error = $"no endpoints available for service {FieldError.Quote(name)}";
        return null;
    }

    public IEnumerable<EndpointSlice> SlicesOf(string namespaceName, string name) =>
        views.List<EndpointSlice>(namespaceName).Where(slice => slice.Metadata.Labels.Get(ServiceLabel, "") == name);

    private static IEnumerable<(string, int)> Ready(IEnumerable<EndpointSlice> slices, string portName) =>
        from slice in slices
        from port in slice.Ports
        where (port.Name ?? "") == portName && port.Port is not null
        from endpoint in slice.Endpoints
        where endpoint.Conditions.Ready is not false && endpoint.Addresses.Count > 0
        select (endpoint.Addresses[0], port.Port!.Value);
}
